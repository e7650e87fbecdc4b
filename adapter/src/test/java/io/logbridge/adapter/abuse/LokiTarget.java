// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.abuse;

import static io.logbridge.adapter.abuse.Requests.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.loki.fake.FakeLoki;
import io.logbridge.backend.loki.fake.FakeOptions;
import io.logbridge.backend.testkit.proxy.ProxiedRequest;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Loki, with a tenant for each namespace, or with one for all and the pod as metadata. */
final class LokiTarget implements Target {

  private static final Pattern LABELS =
      Pattern.compile(
          "\\{namespace=\"(?<namespace>%s)\",pod=\"(?<pod>%s)\",container=\"(?<container>%s)\"}"
              .replace("%s", NAME));
  private static final Pattern METADATA =
      Pattern.compile(
          "\\{namespace=\"(?<namespace>%s)\",container=\"(?<container>%s)\"} \\| pod=\"(?<pod>%s)\""
              .replace("%s", NAME));

  private final boolean tenants;
  private final FakeLoki loki;

  LokiTarget(boolean tenants) throws IOException {
    this.tenants = tenants;
    this.loki = FakeLoki.start(tenants ? FakeOptions.DEFAULT.withTenants() : FakeOptions.DEFAULT);
    ROWS.forEach(this::push);
  }

  private void push(Row row) {
    String labels =
        "\"namespace\":\"%s\",\"container\":\"%s\"".formatted(row.namespace(), row.container());
    String pod = "\"pod\":\"%s\"".formatted(row.pod());
    String body =
        "{\"streams\":[{\"stream\":{%s},\"values\":[[\"%d000000000\",\"%s\"%s]]}]}"
            .formatted(
                tenants ? labels + "," + pod : labels,
                WRITTEN.getEpochSecond(),
                row.text(),
                tenants ? "" : ",{" + pod + "}");
    Requests.send(
        loki.uri().resolve("/loki/api/v1/push"),
        body,
        "Content-Type",
        "application/json",
        "X-Scope-OrgID",
        tenant(row.namespace()));
  }

  private String tenant(String namespace) {
    return tenants ? "team-" + namespace : "all";
  }

  @Override
  public URI uri() {
    return loki.uri();
  }

  @Override
  public Map<String, String> settings(URI address) {
    Map<String, String> settings = new HashMap<>();
    settings.put("LOGBRIDGE_LOG_STORAGE_BACKEND_TYPE", "Loki");
    settings.put("LOGBRIDGE_LOG_STORAGE_LOKI_URL", address.toString());
    settings.put("LOGBRIDGE_LOG_STORAGE_LOKI_LABELS_PRESET", tenants ? "promtail" : "alloy");
    settings.put("LOGBRIDGE_LOG_STORAGE_LOKI_TENANT", tenants ? "team-{namespace}" : "all");
    return settings;
  }

  @Override
  public Optional<Scope> scope(ProxiedRequest request) {
    Map<String, String> fields =
        Requests.fields(request.target().substring(request.target().indexOf('?') + 1));
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.body()).isEmpty();
    assertThat(Long.parseLong(fields.get("start"))).isLessThan(Long.parseLong(fields.get("end")));
    if (request.path().equals("/loki/api/v1/labels")) {
      assertThat(fields).containsOnlyKeys("start", "end");
      assertThat(request.headers().get("x-scope-orgid")).containsExactly(tenant(MINE));
      return Optional.empty();
    }
    assertThat(request.path()).isEqualTo("/loki/api/v1/query_range");
    assertThat(fields).containsOnlyKeys("query", "start", "end", "limit", "direction");
    assertThat(fields.get("direction")).isIn("forward", "backward");
    Scope scope = Requests.match(tenants ? LABELS : METADATA, fields.get("query"));
    assertThat(request.headers().get("x-scope-orgid"))
        .isEqualTo(List.of(tenant(scope.namespace())));
    return Optional.of(scope);
  }

  @Override
  public void close() {
    loki.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.abuse;

import static io.logbridge.adapter.abuse.Requests.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.splunk.fake.FakeSplunk;
import io.logbridge.backend.testkit.proxy.ProxiedRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Splunk, with records in JSON in one index, or bare lines with fields in an index each. */
final class SplunkTarget implements Target {

  private static final String REST =
      " \\| (?:head \\d+ \\| eval logbridge_time=strftime\\(_time,\"%s\\.%6N\"\\)"
          + " \\| fields \"[\\w.]+\"(?:, \"[\\w.]+\")*"
          + "|eval logbridge_span=floor\\(\\(_time-[\\d.]+\\)/[\\d.]+\\)"
          + " \\| stats count by logbridge_span)";
  private static final Pattern RECORDS =
      Pattern.compile(
          "search \\(index=\"all\"\\) \"(?<namespace>@)\" \"(?<pod>@)\" \"(?<container>@)\""
                  .replace("@", NAME)
              + REST);
  private static final Pattern LINES =
      Pattern.compile(
          ("search \\(index=\"ci-(?<index>@)\"\\) k8s\\.namespace\\.name::\"(?<namespace>@)\""
                      + " k8s\\.pod\\.name::\"(?<pod>@)\" k8s\\.container\\.name::\"(?<container>@)\"")
                  .replace("@", NAME)
              + REST);

  private final boolean records;
  private final FakeSplunk splunk = new FakeSplunk();

  SplunkTarget(boolean records) {
    this.records = records;
    splunk.createIndex("all");
    for (String namespace : List.of(MINE, "other", "mine-other", "min")) {
      splunk.createIndex("ci-" + namespace);
    }
    ROWS.forEach(this::collect);
    if (records) {
      // As Splunk cuts it: who wrote it stands behind the cut.
      collect(
          "\"index\":\"all\",\"event\":\"{\\\"log\\\":\\\"%s mine run-pod step-build, very lo\""
              .formatted(FOREIGN));
    }
  }

  private void collect(Row row) {
    collect(
        records
            ? "\"index\":\"all\",\"event\":{\"log\":\"%s\",\"kubernetes\":{\"namespace_name\":\"%s\",\"pod_name\":\"%s\",\"container_name\":\"%s\"}}"
                .formatted(row.text(), row.namespace(), row.pod(), row.container())
            : "\"index\":\"ci-%s\",\"event\":\"%s\",\"fields\":{\"k8s.namespace.name\":\"%1$s\",\"k8s.pod.name\":\"%s\",\"k8s.container.name\":\"%s\"}"
                .formatted(row.namespace(), row.text(), row.pod(), row.container()));
  }

  private void collect(String event) {
    Requests.send(
        splunk.uri().resolve("/services/collector/event"),
        "{\"time\":%d,%s}".formatted(WRITTEN.getEpochSecond(), event),
        "Authorization",
        "Splunk " + FakeSplunk.COLLECTOR_TOKEN);
  }

  @Override
  public URI uri() {
    return splunk.uri();
  }

  @Override
  public Map<String, String> settings(URI address) {
    return Map.of(
        "LOGBRIDGE_LOG_STORAGE_BACKEND_TYPE",
        "Splunk",
        "LOGBRIDGE_LOG_STORAGE_SPLUNK_URL",
        address.toString(),
        "LOGBRIDGE_LOG_STORAGE_SPLUNK_TOKEN",
        FakeSplunk.TOKEN,
        "LOGBRIDGE_LOG_STORAGE_SPLUNK_INDEX",
        records ? "all" : "ci-{namespace}",
        "LOGBRIDGE_LOG_STORAGE_SPLUNK_FIELDS_PRESET",
        records ? "fluentd" : "opentelemetry");
  }

  @Override
  public Optional<Scope> scope(ProxiedRequest request) {
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("/services/search/v2/jobs/export");
    assertThat(request.headers().get("authorization"))
        .containsExactly("Bearer " + FakeSplunk.TOKEN);
    Map<String, String> fields = Requests.fields(request.body());
    assertThat(fields)
        .containsOnlyKeys(
            "search",
            "earliest_time",
            "latest_time",
            "output_mode",
            "preview",
            "segmentation",
            "auto_cancel");
    assertThat(Double.parseDouble(fields.get("earliest_time")))
        .isLessThan(Double.parseDouble(fields.get("latest_time")));
    String search = fields.get("search");
    String index = "index=\"%s\"".formatted(records ? "all" : "ci-" + MINE);
    if (search.startsWith("| ")) {
      assertThat(search)
          .isIn(
              "| eventcount summarize=false " + index + " | fields index",
              "| metadata type=sourcetypes " + index + " | fields firstTime");
      return Optional.empty();
    }
    Scope scope = Requests.match(records ? RECORDS : LINES, search);
    if (!records) {
      assertThat(search).startsWith("search (index=\"ci-" + scope.namespace() + "\")");
    }
    return Optional.of(scope);
  }

  @Override
  public void close() throws IOException {
    splunk.close();
  }
}

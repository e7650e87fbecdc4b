// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.testkit.proxy.ProxiedRequest;
import io.logbridge.embedded.elasticsearch.EmbeddedElasticsearch;
import io.logbridge.embedded.elasticsearch.Options;
import io.logbridge.embedded.elasticsearch.Version;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Elasticsearch, with indices for each namespace. */
final class ElasticsearchTarget implements Target {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String FIELD = "kubernetes.";
  private static final String KEYWORD = ".keyword";

  private final EmbeddedElasticsearch node;

  ElasticsearchTarget() throws IOException, InterruptedException {
    node = EmbeddedElasticsearch.start(Options.of(Version.V9));
    StringBuilder bulk = new StringBuilder();
    for (Row row : ROWS) {
      bulk.append("{\"create\":{\"_index\":\"app-%s-1\"}}\n".formatted(row.namespace()));
      bulk.append(
          "{\"@timestamp\":\"%s\",\"log\":\"%s\\n\",\"kubernetes\":{\"namespace_name\":\"%s\",\"pod_name\":\"%s\",\"container_name\":\"%s\"}}\n"
              .formatted(WRITTEN, row.text(), row.namespace(), row.pod(), row.container()));
    }
    Requests.send(
        node.uri().resolve("/_bulk?refresh=true"),
        bulk.toString(),
        "Content-Type",
        "application/x-ndjson");
  }

  @Override
  public URI uri() {
    return node.uri();
  }

  @Override
  public Map<String, String> settings(URI address) {
    return Map.of(
        "LOGBRIDGE_LOG_STORAGE_BACKEND_TYPE", "Elasticsearch",
        "LOGBRIDGE_LOG_STORAGE_ELASTICSEARCH_URLS", address.toString(),
        "LOGBRIDGE_LOG_STORAGE_ELASTICSEARCH_INDEX", "app-{namespace}-*",
        "LOGBRIDGE_LOG_STORAGE_ELASTICSEARCH_FIELDS_PRESET", "fluentd");
  }

  @Override
  public Optional<Scope> scope(ProxiedRequest request) {
    switch (request.method() + " " + request.path()) {
      case "GET /app-mine-*/_field_caps", "POST /app-mine-*/_pit" ->
          assertThat(request.body()).isEmpty();
      case "POST /app-mine-*/_search" ->
          assertThat(request.body())
              .isEqualTo(
                  "{\"size\":0,\"track_total_hits\":false,"
                      + "\"aggs\":{\"oldest\":{\"min\":{\"field\":\"@timestamp\"}}}}");
      case "DELETE /_pit" ->
          assertThat(JSON.readTree(request.body()).propertyNames()).containsExactly("id");
      case "POST /_search" -> {
        return Optional.of(searched(JSON.readTree(request.body())));
      }
      default -> throw new AssertionError(request.method() + " " + request.target());
    }
    return Optional.empty();
  }

  private static Scope searched(JsonNode search) {
    assertThat(Set.copyOf(search.propertyNames()))
        .isSubsetOf(
            "size",
            "track_total_hits",
            "timeout",
            "pit",
            "_source",
            "query",
            "sort",
            "search_after")
        .contains("pit", "query");
    assertThat(search.path("query").propertyNames()).containsExactly("bool");
    JsonNode bool = search.at("/query/bool");
    assertThat(bool.propertyNames()).containsExactly("filter");
    Map<String, String> terms = new HashMap<>();
    boolean range = false;
    for (JsonNode part : bool.path("filter")) {
      if (part.propertyNames().equals(Set.of("range"))) {
        JsonNode time = part.at("/range/@timestamp");
        assertThat(time.path("gte").longValue()).isLessThan(time.path("lt").longValue());
        range = true;
      } else {
        assertThat(part.propertyNames()).containsExactly("term");
        part.path("term")
            .properties()
            .forEach(term ->
                assertThat(terms.put(term.getKey(), term.getValue().stringValue())).isNull());
      }
    }
    assertThat(range).isTrue();
    List<String> names =
        List.of("namespace_name", "pod_name", "container_name").stream()
            .map(name -> FIELD + name + KEYWORD)
            .toList();
    assertThat(terms).containsOnlyKeys(names);
    return new Scope(terms.get(names.get(0)), terms.get(names.get(1)), terms.get(names.get(2)));
  }

  @Override
  public void close() {
    node.close();
  }
}

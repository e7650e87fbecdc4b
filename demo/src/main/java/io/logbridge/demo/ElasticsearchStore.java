// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import io.logbridge.demo.history.Container;
import io.logbridge.demo.history.History;
import io.logbridge.demo.history.Pod;
import io.logbridge.embedded.elasticsearch.EmbeddedElasticsearch;
import io.logbridge.embedded.elasticsearch.Options;
import io.logbridge.embedded.elasticsearch.Version;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

/** A real Elasticsearch in a process of its own, filled as fluentd does. */
final class ElasticsearchStore implements LogStore {

  private static final int HEAP_MEGABYTES = 512;
  private static final String JSON = "application/json";

  /**
   * fluentd makes its indices without any template, so that Elasticsearch guesses the types: text
   * with a keyword beside it, and a date of milliseconds. This one changes none of that; it only
   * makes loading faster.
   */
  private static final String TEMPLATE =
      """
      {"index_patterns": ["logstash-*"],
       "template": {"settings": {
         "number_of_replicas": 0,
         "refresh_interval": "-1",
         "translog.durability": "async"}}}
      """;

  private static final String SETTINGS_AFTER =
      """
      {"index": {"refresh_interval": "1s", "translog.durability": "request"}}
      """;

  private final EmbeddedElasticsearch node;

  private ElasticsearchStore(EmbeddedElasticsearch node) {
    this.node = node;
  }

  static ElasticsearchStore start() throws IOException, InterruptedException {
    return new ElasticsearchStore(
        EmbeddedElasticsearch.start(Options.of(Version.V9).withHeapMegabytes(HEAP_MEGABYTES)));
  }

  @Override
  public String name() {
    return "Elasticsearch " + node.version().number();
  }

  @Override
  public URI uri() {
    return node.uri();
  }

  @Override
  public int load(History history) throws IOException, InterruptedException {
    try (StoreRequests requests = new StoreRequests(uri(), "")) {
      requests.send("PUT", "/_index_template/logstash", JSON, BodyPublishers.ofString(TEMPLATE));
      int documents =
          LogLoader.load(
              history, (pod, container, pieces) -> bulk(requests, pod, container, pieces));
      requests.send("PUT", "/logstash-*/_settings", JSON, BodyPublishers.ofString(SETTINGS_AFTER));
      requests.send("POST", "/logstash-*/_refresh", JSON, BodyPublishers.noBody());
      return documents;
    }
  }

  private static void bulk(StoreRequests requests, Pod pod, Container container, List<Piece> pieces)
      throws IOException, InterruptedException {
    String answer =
        requests.send(
            "POST",
            "/_bulk?filter_path=errors,items.*.error",
            "application/x-ndjson",
            BodyPublishers.ofByteArray(FluentdShape.bulk(pod, container, pieces)));
    if (!answer.startsWith("{\"errors\":false")) {
      throw new IOException("Elasticsearch refused lines: " + answer);
    }
  }

  @Override
  public String configuration(URI address) {
    return """
    logStorage:
      backendType: Elasticsearch
      elasticsearch:
        urls: %s
        index: logstash-{date:yyyy.MM.dd}
        fields:
          preset: fluentd
    """
        .formatted(address);
  }

  @Override
  public void close() {
    node.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import io.logbridge.embedded.elasticsearch.EmbeddedElasticsearch;
import io.logbridge.embedded.elasticsearch.Options;
import io.logbridge.embedded.elasticsearch.Version;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A real Elasticsearch node in a JVM of its own. */
final class ElasticsearchStore implements Store {

  private static final int LARGEST_PAGE = 10_000;

  private final EmbeddedElasticsearch node;
  private final int heapMegabytes;
  private final Http http = new Http();

  private ElasticsearchStore(EmbeddedElasticsearch node, int heapMegabytes) {
    this.node = node;
    this.heapMegabytes = heapMegabytes;
  }

  static ElasticsearchStore start(int heapMegabytes) throws IOException, InterruptedException {
    return new ElasticsearchStore(
        EmbeddedElasticsearch.start(Options.of(Version.V9).withHeapMegabytes(heapMegabytes)),
        heapMegabytes);
  }

  @Override
  public URI uri() {
    return node.uri();
  }

  @Override
  public String configuration(URI address) {
    return """
    logStorage:
      backendType: Elasticsearch
      elasticsearch:
        urls: %s
        index: "logstash-{date:yyyy.MM.dd}"
        fields: {preset: fluentd}
    """
        .formatted(address);
  }

  @Override
  public void load(List<SampleLog> logs) throws IOException, InterruptedException {
    new BulkLoader(this).load(logs);
  }

  @Override
  public BareLoop bareLoop(SampleLog log, int pageSize, BareLoop.Effort effort) {
    return new ElasticsearchLoop(this, log, pageSize, effort);
  }

  @Override
  public int largestPage() {
    return LARGEST_PAGE;
  }

  @Override
  public ProcessHandle process() {
    return node.processHandle();
  }

  /** Sends a body and returns the answer's. */
  byte[] send(String method, String path, byte[] body) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(node.uri() + path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofByteArray(body)));
  }

  /** The same with texts. */
  String send(String method, String path, String body) throws IOException, InterruptedException {
    byte[] answer = send(method, path, body.getBytes(StandardCharsets.UTF_8));
    return new String(answer, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    http.close();
    node.close();
  }

  @Override
  public String toString() {
    return node + ", heap " + heapMegabytes + " MiB";
  }
}

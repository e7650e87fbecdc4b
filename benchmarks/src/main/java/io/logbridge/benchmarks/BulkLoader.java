// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Stores logs in Elasticsearch. */
final class BulkLoader {

  private static final int THREADS = 2;

  /**
   * Lines of a request. No border of pages falls on one of requests: the store reads documents
   * faster that lie side by side, and a shipper's requests know nothing of pages.
   */
  private static final int DOCUMENTS = 3_137;

  private static final String PATH = "/_bulk?filter_path=errors,items.*.error&refresh=false";

  private final ElasticsearchStore elasticsearch;

  BulkLoader(ElasticsearchStore elasticsearch) {
    this.elasticsearch = elasticsearch;
  }

  /** Returns when all can be searched. */
  void load(List<SampleLog> logs) throws IOException, InterruptedException {
    elasticsearch.send("PUT", "/_index_template/logstash", FluentdDocument.TEMPLATE);
    for (SampleLog log : logs) {
      load(log);
    }
    elasticsearch.send("POST", "/logstash-*/_refresh", "");
    elasticsearch.send("POST", "/logstash-*/_flush", "");
  }

  private void load(SampleLog log) throws IOException, InterruptedException {
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        all.add(
            threads.submit(() -> {
              load(log, next);
              return null;
            }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("cannot load " + log, e.getCause());
    }
  }

  private void load(SampleLog log, AtomicInteger next) throws IOException, InterruptedException {
    FluentdDocument document = new FluentdDocument(log);
    ByteArrayOutputStream bulk = new ByteArrayOutputStream(DOCUMENTS * 1100);
    for (int from = next.getAndAdd(DOCUMENTS);
        from < log.lines();
        from = next.getAndAdd(DOCUMENTS)) {
      bulk.reset();
      int to = Math.min(from + DOCUMENTS, log.lines());
      for (int line = from; line < to; line++) {
        document.write(line, bulk);
      }
      byte[] answer = elasticsearch.send("POST", PATH, bulk.toByteArray());
      String text = new String(answer, StandardCharsets.UTF_8);
      if (!text.equals("{\"errors\":false}")) {
        throw new IOException("bulk: " + text.substring(0, Math.min(1000, text.length())));
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * What one writes by hand to read a container's log: the same query and order as the server asks
 * for, page after page, only the message and its time, the lines thrown away. To skim is to find
 * the last sort values by looking for them from the end.
 */
final class ElasticsearchLoop implements BareLoop {

  private static final AnswerLines LINES = new AnswerLines("_source", "@timestamp", "log");
  private static final byte[] SORT = "\"sort\":[".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PIT_ID = "\"pit_id\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final String SEARCH = "/_search?allow_partial_search_results=false";

  private final ElasticsearchStore elasticsearch;
  private final SampleLog log;
  private final int size;
  private final Effort effort;
  private final String indices;

  /**
   * @param size lines of a page
   */
  ElasticsearchLoop(ElasticsearchStore elasticsearch, SampleLog log, int size, Effort effort) {
    this.elasticsearch = elasticsearch;
    this.log = log;
    this.size = size;
    this.effort = effort;
    this.indices =
        log.days().stream()
            .map(day ->
                FluentdDocument.index(day.atStartOfDay(java.time.ZoneOffset.UTC).toInstant()))
            .collect(Collectors.joining(","));
  }

  @Override
  public void readAll() throws IOException, InterruptedException {
    String pit = open();
    int pages = 0;
    byte[] answer = page(pit, "");
    for (String after = after(answer); !after.isEmpty(); after = after(answer)) {
      pages++;
      pit = between(answer, PIT_ID, '"', false);
      answer = page(pit, after);
    }
    close(pit);
    int due = Math.ceilDiv(log.lines(), size);
    if (pages != due) {
      throw new IOException("bare loop: " + pages + " pages (expected: " + due + ")");
    }
  }

  /** The time for the point in time is included. */
  @Override
  public long firstPageNanos() throws IOException, InterruptedException {
    long start = System.nanoTime();
    String pit = open();
    byte[] answer = page(pit, "");
    if (after(answer).isEmpty()) {
      throw new IOException("first page: no lines (expected: some)");
    }
    long nanos = System.nanoTime() - start;
    close(pit);
    return nanos;
  }

  private String open() throws IOException, InterruptedException {
    String answer =
        elasticsearch.send(
            "POST", "/" + indices + "/_pit?keep_alive=2m&allow_partial_search_results=false", "");
    return between(
        answer.getBytes(StandardCharsets.US_ASCII),
        "\"id\":\"".getBytes(StandardCharsets.US_ASCII),
        '"',
        false);
  }

  private byte[] page(String pit, String after) throws IOException, InterruptedException {
    String body =
        """
        {"size": %d, "track_total_hits": false, "pit": {"id": "%s", "keep_alive": "2m"},
         "_source": ["log", "@timestamp"],
         "query": {"bool": {"filter": [
           {"term": {"kubernetes.pod_name": "%s"}},
           {"term": {"kubernetes.namespace_name": "%s"}},
           {"term": {"kubernetes.container_name": "%s"}},
           {"range": {"@timestamp": {"gte": %d, "lt": %d, "format": "epoch_millis"}}}]}},
         "sort": [{"@timestamp": {"order": "asc", "numeric_type": "date_nanos"}},
                  {"_seq_no": {"order": "asc"}}, {"_shard_doc": "asc"}]%s}\
        """
            .formatted(
                size,
                pit,
                log.pod(),
                SampleLog.NAMESPACE,
                SampleLog.CONTAINER,
                log.start().toEpochMilli(),
                log.end().toEpochMilli() + 1,
                after.isEmpty() ? "" : ", \"search_after\": [" + after + "]");
    return elasticsearch.send("POST", SEARCH, body.getBytes(StandardCharsets.UTF_8));
  }

  private void close(String pit) throws IOException, InterruptedException {
    elasticsearch.send("DELETE", "/_pit", "{\"id\": \"" + pit + "\"}");
  }

  /** The sort values of the last hit; empty if there is none. */
  private String after(byte[] answer) {
    return switch (effort) {
      case SKIM -> between(answer, SORT, ']', true);
      case PARSE -> LINES.of(answer).isEmpty() ? "" : between(answer, SORT, ']', true);
    };
  }

  private static String between(byte[] text, byte[] before, char end, boolean last) {
    int step = last ? -1 : 1;
    for (int at = last ? text.length - before.length : 0;
        at >= 0 && at <= text.length - before.length;
        at += step) {
      if (matches(text, at, before)) {
        int from = at + before.length;
        int to = from;
        while (text[to] != end) {
          to++;
        }
        return new String(text, from, to - from, StandardCharsets.US_ASCII);
      }
    }
    return "";
  }

  private static boolean matches(byte[] text, int at, byte[] part) {
    for (int i = 0; i < part.length; i++) {
      if (text[at + i] != part[i]) {
        return false;
      }
    }
    return true;
  }
}

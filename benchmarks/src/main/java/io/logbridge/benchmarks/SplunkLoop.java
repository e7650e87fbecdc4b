// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import io.logbridge.backend.splunk.fake.FakeSplunk;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts once what lies where, in pieces of the window, and exports as many of them at once as make
 * up a page. To skim is to count the lines that come by their newlines.
 */
final class SplunkLoop implements BareLoop {

  private static final int PIECES = 1000;
  private static final AnswerLines LINES = new AnswerLines("result", "at", "_raw");
  private static final Pattern COUNT = Pattern.compile("\"piece\":\"(\\d+)\",\"count\":\"(\\d+)\"");

  private final URI splunk;
  private final Http http;
  private final SampleLog log;
  private final int size;
  private final Effort effort;
  private final String events;

  SplunkLoop(URI splunk, Http http, SampleLog log, int size, Effort effort) {
    this.splunk = splunk;
    this.http = http;
    this.log = log;
    this.size = size;
    this.effort = effort;
    this.events =
        "search (index=\"%s\") k8s.namespace.name::\"%s\" k8s.pod.name::\"%s\" k8s.container.name::\"%s\""
            .formatted(FakeStore.INDEX, SampleLog.NAMESPACE, log.pod(), SampleLog.CONTAINER);
  }

  @Override
  public void readAll() throws IOException, InterruptedException {
    long start = log.start().toEpochMilli();
    long length = Math.ceilDiv(log.end().toEpochMilli() + 1 - start, PIECES);
    long lines = 0;
    long from = 0;
    long rows = 0;
    Map<Long, Long> counts = counts(start, length);
    for (var piece : counts.entrySet()) {
      if (rows > 0 && rows + piece.getValue() > size) {
        lines += page(start + from * length, start + piece.getKey() * length);
        from = piece.getKey();
        rows = 0;
      }
      rows += piece.getValue();
    }
    lines += page(start + from * length, log.end().toEpochMilli() + 1);
    if (lines != log.lines()) {
      throw new IOException("lines: " + lines + " (expected: " + log.lines() + ")");
    }
  }

  @Override
  public long firstPageNanos() throws IOException, InterruptedException {
    long start = System.nanoTime();
    long from = log.start().toEpochMilli();
    if (page(from, from + size / 2) == 0) {
      throw new IOException("first page: no lines (expected: some)");
    }
    return System.nanoTime() - start;
  }

  private Map<Long, Long> counts(long start, long length) throws IOException, InterruptedException {
    String search =
        "%s | eval piece=floor((_time-%s)/%s) | stats count by piece"
            .formatted(events, seconds(start), seconds(length));
    String answer =
        new String(export(search, start, log.end().toEpochMilli() + 1), StandardCharsets.US_ASCII);
    Map<Long, Long> counts = new TreeMap<>();
    Matcher matcher = COUNT.matcher(answer);
    while (matcher.find()) {
      counts.put(Long.valueOf(matcher.group(1)), Long.valueOf(matcher.group(2)));
    }
    return counts;
  }

  /** How many lines came. */
  private long page(long start, long end) throws IOException, InterruptedException {
    String search =
        events
            + " | eval at=strftime(_time,\"%s.%6N\")"
            + " | fields \"at\", \"_indextime\", \"_cd\", \"_bkt\", \"_raw\", \"log.iostream\","
            + " \"k8s.pod.uid\"";
    byte[] answer = export(search, start, end);
    return switch (effort) {
      case SKIM -> newlines(answer);
      case PARSE -> LINES.of(answer).size();
    };
  }

  private static long newlines(byte[] answer) {
    long newlines = 0;
    for (byte each : answer) {
      newlines += each == '\n' ? 1 : 0;
    }
    return newlines;
  }

  private byte[] export(String search, long start, long end)
      throws IOException, InterruptedException {
    String form =
        "search=%s&earliest_time=%s&latest_time=%s&output_mode=json&preview=false"
            .formatted(
                URLEncoder.encode(search, StandardCharsets.UTF_8), seconds(start), seconds(end));
    return http.send(
        HttpRequest.newBuilder(splunk.resolve("/services/search/v2/jobs/export"))
            .header("Authorization", "Bearer " + FakeSplunk.TOKEN)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  private static String seconds(long millis) {
    return millis / 1000 + "." + String.valueOf(1000 + millis % 1000).substring(1);
  }
}

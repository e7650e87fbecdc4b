// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Goes on one nanosecond behind the last entry of a page, which is right for this log only: no two
 * lines of it have the same time. To skim is to find that entry by looking for it from the end.
 */
final class LokiLoop implements BareLoop {

  private static final int TIMESTAMP_DIGITS = 19;
  private static final JsonFactory JSON = new JsonFactory();

  private final URI loki;
  private final Http http;
  private final SampleLog log;
  private final int size;
  private final Effort effort;
  private final String query;

  LokiLoop(URI loki, Http http, SampleLog log, int size, Effort effort) {
    this.loki = loki;
    this.http = http;
    this.log = log;
    this.size = size;
    this.effort = effort;
    this.query =
        URLEncoder.encode(
            "{namespace=\"%s\",pod=\"%s\",container=\"%s\"}"
                .formatted(SampleLog.NAMESPACE, log.pod(), SampleLog.CONTAINER),
            StandardCharsets.UTF_8);
  }

  @Override
  public void readAll() throws IOException, InterruptedException {
    long last = last(page(LokiStore.nanos(log.start())));
    long read = -1;
    while (last >= 0) {
      read = last;
      last = last(page(last + 1));
    }
    if (read != LokiStore.nanos(log.time(log.lines() - 1))) {
      throw new IOException("last line: of " + read + " (expected: that of the log)");
    }
  }

  @Override
  public long firstPageNanos() throws IOException, InterruptedException {
    long start = System.nanoTime();
    if (last(page(LokiStore.nanos(log.start()))) < 0) {
      throw new IOException("first page: no lines (expected: some)");
    }
    return System.nanoTime() - start;
  }

  private byte[] page(long from) throws IOException, InterruptedException {
    String target =
        "/loki/api/v1/query_range?query=%s&start=%d&end=%d&limit=%d&direction=forward"
            .formatted(query, from, LokiStore.nanos(log.end()) + 1, size);
    return http.send(
        HttpRequest.newBuilder(loki.resolve(target))
            .header("X-Loki-Response-Encoding-Flags", "categorize-labels"));
  }

  /** The time of the last entry, in nanoseconds since 1970; negative if there is none. */
  private long last(byte[] answer) {
    return switch (effort) {
      case SKIM -> lastFound(answer);
      case PARSE -> {
        List<Line> lines = lines(answer);
        yield lines.isEmpty() ? -1 : Long.parseLong(lines.getLast().time());
      }
    };
  }

  private static List<Line> lines(byte[] answer) {
    List<Line> lines = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), answer)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.PROPERTY_NAME
            && parser.currentName().equals("values")) {
          values(parser, lines);
        }
      }
    }
    return lines;
  }

  private static void values(JsonParser parser, List<Line> lines) {
    parser.nextToken();
    while (parser.nextToken() == JsonToken.START_ARRAY) {
      parser.nextToken();
      String time = parser.getString();
      parser.nextToken();
      lines.add(new Line(time, parser.getString()));
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        parser.skipChildren();
      }
    }
  }

  private static long lastFound(byte[] answer) {
    for (int at = answer.length - TIMESTAMP_DIGITS - 2; at > 0; at--) {
      if (answer[at] == '"' && answer[at - 1] == '[' && answer[at + TIMESTAMP_DIGITS + 1] == '"') {
        return Long.parseLong(
            new String(answer, at + 1, TIMESTAMP_DIGITS, StandardCharsets.US_ASCII));
      }
    }
    return -1;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** The Loki of the tests, filled as promtail does: bare lines, one stream to a container. */
final class LokiStore implements Store {

  private static final int PORTION = 10_000;
  private static final int LARGEST_PAGE = 5_000;

  private final FakeStore fake;
  private final Http http = new Http();

  private LokiStore(FakeStore fake) {
    this.fake = fake;
  }

  static LokiStore start(int heapMegabytes) throws IOException {
    return new LokiStore(FakeStore.start(Kind.LOKI, heapMegabytes));
  }

  @Override
  public URI uri() {
    return fake.uri();
  }

  @Override
  public String configuration(URI address) {
    return """
    logStorage:
      backendType: Loki
      loki:
        url: %s
        labels: {preset: promtail}
    """
        .formatted(address);
  }

  @Override
  public void load(List<SampleLog> logs) throws IOException, InterruptedException {
    for (SampleLog log : logs) {
      for (int from = 0; from < log.lines(); from += PORTION) {
        push(log, from, Math.min(from + PORTION, log.lines()));
      }
    }
  }

  private void push(SampleLog log, int from, int to) throws IOException, InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(PORTION * 200);
    byte[] line = new byte[SampleLog.MAX_LINE_BYTES];
    ascii(
        body,
        "{\"streams\":[{\"stream\":{\"namespace\":\"%s\",\"pod\":\"%s\",\"container\":\"%s\"},\"values\":["
            .formatted(SampleLog.NAMESPACE, log.pod(), SampleLog.CONTAINER));
    for (int i = from; i < to; i++) {
      ascii(body, (i == from ? "[\"" : ",[\"") + nanos(log.time(i)) + "\",\"");
      body.write(line, 0, log.write(i, line, 0) - 1); // nothing in it needs an escape
      ascii(body, "\"]");
    }
    ascii(body, "]}]}");
    byte[] _ =
        http.send(
            HttpRequest.newBuilder(fake.uri().resolve("/loki/api/v1/push"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
  }

  private static void ascii(ByteArrayOutputStream body, String text) {
    body.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }

  @Override
  public BareLoop bareLoop(SampleLog log, int pageSize, BareLoop.Effort effort) {
    return new LokiLoop(fake.uri(), http, log, pageSize, effort);
  }

  @Override
  public int largestPage() {
    return LARGEST_PAGE;
  }

  @Override
  public ProcessHandle process() {
    return fake.processHandle();
  }

  @Override
  public void close() {
    http.close();
    fake.close();
  }

  @Override
  public String toString() {
    return "the tests' Loki";
  }
}

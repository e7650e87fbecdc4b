// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import io.logbridge.backend.splunk.fake.FakeSplunk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The Splunk of the tests, filled as the OpenTelemetry collector does. */
final class SplunkStore implements Store {

  private static final int PORTION = 10_000;
  private static final int LARGEST_PAGE = 10_000;

  private final FakeStore fake;
  private final Http http = new Http();

  private SplunkStore(FakeStore fake) {
    this.fake = fake;
  }

  static SplunkStore start(int heapMegabytes) throws IOException {
    return new SplunkStore(FakeStore.start(Kind.SPLUNK, heapMegabytes));
  }

  @Override
  public URI uri() {
    return fake.uri();
  }

  @Override
  public String configuration(URI address) {
    return """
    logStorage:
      backendType: Splunk
      splunk:
        url: %s
        index: %s
        fields: {preset: opentelemetry}
        token: %s
    """
        .formatted(address, FakeStore.INDEX, FakeSplunk.TOKEN);
  }

  @Override
  public void load(List<SampleLog> logs) throws IOException, InterruptedException {
    for (SampleLog log : logs) {
      for (int from = 0; from < log.lines(); from += PORTION) {
        send(log, from, Math.min(from + PORTION, log.lines()));
      }
    }
  }

  private void send(SampleLog log, int from, int to) throws IOException, InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(PORTION * 500);
    byte[] line = new byte[SampleLog.MAX_LINE_BYTES];
    byte[] fields = fields(log).getBytes(StandardCharsets.US_ASCII);
    for (int i = from; i < to; i++) {
      ascii(body, "{\"time\":" + seconds(log, i) + ",\"event\":\"");
      body.write(line, 0, log.write(i, line, 0) - 1); // nothing in it needs an escape
      body.writeBytes(fields);
    }
    byte[] _ =
        http.send(
            HttpRequest.newBuilder(fake.uri().resolve("/services/collector/event"))
                .header("Authorization", "Splunk " + FakeSplunk.COLLECTOR_TOKEN)
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
  }

  private static String fields(SampleLog log) {
    return """
    ","index":"%s","sourcetype":"kube:container:%s","fields":{"k8s.namespace.name":"%s",\
    "k8s.pod.name":"%s","k8s.pod.uid":"0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d",\
    "k8s.container.name":"%s","log.iostream":"stdout"}}
    """
        .formatted(
            FakeStore.INDEX,
            SampleLog.CONTAINER,
            SampleLog.NAMESPACE,
            log.pod(),
            SampleLog.CONTAINER);
  }

  private static String seconds(SampleLog log, int line) {
    long micros = LokiStore.nanos(log.time(line)) / 1000;
    return micros / 1_000_000 + "." + String.valueOf(1_000_000 + micros % 1_000_000).substring(1);
  }

  private static void ascii(ByteArrayOutputStream body, String text) {
    body.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public BareLoop bareLoop(SampleLog log, int pageSize, BareLoop.Effort effort) {
    return new SplunkLoop(fake.uri(), http, log, pageSize, effort);
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
    return "the tests' Splunk";
  }
}

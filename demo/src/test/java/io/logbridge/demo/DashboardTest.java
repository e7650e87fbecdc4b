// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.demo.history.Container;
import io.logbridge.demo.history.History;
import io.logbridge.demo.history.TaskRun;
import io.logbridge.demo.history.TaskRun.Attempt;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every container's log as the Tekton Dashboard asks for it. Its proxy sends two headers of its own
 * and none of the browser's, a decoded path, and a question mark in any case.
 */
@Timeout(120)
@ExtendWith(SharedDemo.class)
final class DashboardTest {

  private static final Duration CEILING = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final DemoEnvironment demo;
  private final History history;

  DashboardTest(DemoEnvironment demo) {
    this.demo = demo;
    this.history = demo.history();
  }

  /** A container, and when its TaskRun ran. */
  private record Step(String pod, Container container, Instant start, @Nullable Instant end) {}

  private Stream<Step> steps() {
    return history.allTaskRuns().flatMap(DashboardTest::steps);
  }

  private static Stream<Step> steps(TaskRun run) {
    return run.attempts().stream()
        .map(Attempt::pod)
        .flatMap(pod ->
            pod.containers().stream()
                .map(container -> new Step(pod.name(), container, run.start(), run.completion())));
  }

  @Test
  void aStepThatIsOpened_isServedWithTheTimesOfItsLines() throws Exception {
    for (Step step : steps().toList()) {
      String query = "startTime=" + step.start().truncatedTo(ChronoUnit.SECONDS);
      if (step.end() != null) {
        query += "&completionTime=" + step.end().truncatedTo(ChronoUnit.SECONDS);
      }

      assertLog(step, get(step.pod(), step.container().name(), query));
    }
  }

  @Test
  void aLogThatIsDownloaded_isServedWithoutAnyTime() throws Exception {
    for (Step step : steps().toList()) {
      assertLog(step, get(step.pod(), step.container().name(), ""));
    }
  }

  private static void assertLog(Step step, HttpResponse<byte[]> answer) throws IOException {
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().allValues("Content-Type"))
        .containsExactly("text/plain; charset=utf-8");
    assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    String expected = ExpectedLog.of(step.container()).text(false, true);
    assertThat(text(answer)).startsWith(expected);
    assertThat(text(answer).substring(expected.length()).lines())
        .as("what stands behind the lines of " + step.pod())
        .allMatch(line -> line.startsWith("::notice::"));
  }

  @Test
  void aPodThatNoRecordKnows_isSaidInTheText() throws Exception {
    HttpResponse<byte[]> answer = get("no-such-pod", "step-build", "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(text(answer)).startsWith("::").contains("no-such-pod");
  }

  private HttpResponse<byte[]> get(String pod, String container, String query)
      throws IOException, InterruptedException {
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/logs/%s/%s/%s?%s"
                .formatted(demo.port(), History.NAMESPACE, pod, container, query));
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(CEILING)
            .header("User-Agent", "Go-http-client/1.1")
            .header("Accept-Encoding", "gzip")
            .build();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> answer) throws IOException {
    byte[] body = answer.body();
    if (answer.headers().firstValue("Content-Encoding").orElse("").equals("gzip")) {
      try (GZIPInputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(body))) {
        body = in.readAllBytes();
      }
    }
    return new String(body, StandardCharsets.UTF_8);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.reader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogReaderTest {

  private static final String LINES =
      """
      {"time":"2026-08-20T10:00:00.000000000Z","pod":"p","step":"build","text":"one"}
      {"time":"2026-08-20T10:00:01.000000000Z","pod":"p","task":"t","step":"test","text":"two \\"2\\""}
      """;

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.shutdown();
  }

  @Test
  void asJson_linesAreWhatTheServerSent() throws Exception {
    answer(200, LINES);

    assertThat(print(Credentials.none(), true)).isEqualTo(LINES);
  }

  @Test
  void aToken_isSent() throws Exception {
    answer(200, LINES);

    print(Credentials.token("hers", "TEKTON_RESULTS_TOKEN"), false);

    assertThat(server.takeRequest().getHeader("Authorization")).isEqualTo("Bearer hers");
  }

  @Test
  void aRefusal_saysAsWhomItWasAsked() {
    answer(401, "{\"code\":16,\"message\":\"permission denied\"}");

    assertThatThrownBy(() -> print(Credentials.token("hers", "TEKTON_RESULTS_TOKEN"), false))
        .isInstanceOf(ReaderException.class)
        .hasMessage("permission denied (asked as TEKTON_RESULTS_TOKEN)")
        .hasMessageNotContaining("hers");
  }

  @Test
  void aRefusalOfNobody_saysHowToBeSomebody() {
    answer(401, "{\"code\":16,\"message\":\"unable to find token\"}");

    assertThatThrownBy(() -> print(Credentials.none(), false))
        .hasMessage(
            "unable to find token (asked as nobody: expected --token-file, TEKTON_RESULTS_TOKEN, or"
                + " over https a kubeconfig)");
  }

  @Test
  void aLogThatIsNotComplete_isPrintedAsFarAsItGoes_andIsAnError() {
    answer(200, LINES + "{\"type\":\"error\",\"code\":\"UNAVAILABLE\",\"text\":\"gone\"}\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThatThrownBy(() -> reader(Credentials.none(), true).print(out, false))
        .isInstanceOf(ReaderException.class)
        .hasMessage("the log is not complete: gone (UNAVAILABLE)");
    assertThat(out.toString(UTF_8)).isEqualTo(LINES);
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse().setResponseCode(status).setBody(body));
  }

  private String print(Credentials credentials, boolean json) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    reader(credentials, json).print(out, false);
    return out.toString(UTF_8);
  }

  private LogReader reader(Credentials credentials, boolean json) {
    return new LogReader(
        new LogRequest(
            URI.create(server.url("/").toString()),
            "ns/results/r/logs/run",
            credentials,
            Map.of("tailLines", List.of("2")),
            false,
            true,
            json),
        null);
  }
}

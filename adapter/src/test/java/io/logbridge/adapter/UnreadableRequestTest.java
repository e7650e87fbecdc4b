// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.auth.DashboardConfig;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.adapter.stream.ListBackend;
import java.net.Socket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that cannot be read are refused in the form of the face that they are of. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class UnreadableRequestTest {

  private static final String WRONG =
      "path: \"%zz\" (expected: a percent sign and two hexadecimal digits)";
  private static final String QUOTED = WRONG.replace("\"", "\\\"");

  private LogbridgeServer server;

  @BeforeAll
  void start() {
    server =
        LogbridgeServer.start(
            TestConfig.of(
                TestConfig.SERVER,
                new AuthConfig.None(),
                TestDatabase.empty(true),
                new DashboardConfig(true, null, false),
                new ListBackend(10)));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/kube/api/v1/%zz, application/json, status",
    "/apis/archive.logbridge.io/v1alpha1/%zz, application/json, status",
    "/apis/results.tekton.dev/v1alpha2/%zz, application/json, gateway",
    "/logs/ns/pod/%zz, text/plain; charset=utf-8, text",
  })
  void aPathThatCannotBeDecoded_isRefusedInTheFormOfItsFace(String path, String type, String form)
      throws Exception {
    String answer = get(path);

    assertThat(answer).startsWith("HTTP/1.1 400 ");
    assertThat(answer).containsIgnoringCase("\r\ncontent-type: " + type + "\r\n");
    assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4))
        .isEqualTo(
            switch (form) {
              case "status" ->
                  "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                      + "\"message\":\""
                      + QUOTED
                      + "\",\"reason\":\"BadRequest\",\"code\":400}";
              case "gateway" -> "{\"code\":3,\"message\":\"" + QUOTED + "\"}";
              default -> WRONG + "\n";
            });
  }

  private String get(String path) throws Exception {
    try (Socket client = new Socket("127.0.0.1", server.port())) {
      client.setSoTimeout(60_000);
      client
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                  .formatted(path)
                  .getBytes(UTF_8));
      return new String(client.getInputStream().readAllBytes(), UTF_8);
    }
  }
}

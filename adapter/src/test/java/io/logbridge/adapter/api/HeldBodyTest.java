// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.webserver.WebServer;
import io.logbridge.adapter.error.RequestException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HeldBodyTest {

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> brokenOff = new CopyOnWriteArrayList<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private HeldBody.Content content = _ -> {};
  private WebServer server;

  @BeforeEach
  void start() {
    server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .routing(routing ->
                routing.get(
                    "/",
                    (_, response) -> {
                      try {
                        HeldBody.held(response, false)
                            .send(content, failure -> brokenOff.add(failure.message()));
                      } catch (RuntimeException e) {
                        failures.add(e.getMessage());
                        throw e;
                      }
                    }))
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.stop();
    http.close();
  }

  @Test
  void aShortAnswer_hasItsLength() throws Exception {
    content = out -> out.write(new byte[1_000]);

    HttpResponse<byte[]> answer = get();

    assertThat(answer.body()).hasSize(1_000);
    assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(1_000);
  }

  @Test
  void aLongAnswer_isComplete() throws Exception {
    content =
        out -> {
          for (int i = 0; i < 1_000; i++) {
            out.write(new byte[1_000]);
          }
        };

    assertThat(get().body()).hasSize(1_000_000);
  }

  @Test
  void whatFailsEarly_isLeftToWhoCanStillAnswer() throws Exception {
    content =
        out -> {
          out.write(new byte[100_000]);
          throw broken();
        };

    assertThat(get().statusCode()).isEqualTo(500);
    assertThat(failures).containsExactly("this cannot be written");
    assertThat(brokenOff).isEmpty();
  }

  @Test
  void whatFailsLater_neverEndsAsACompleteAnswerDoes() {
    content =
        out -> {
          out.write(new byte[200_000]);
          throw broken();
        };

    assertThatThrownBy(this::get).isInstanceOf(IOException.class);
    assertThat(brokenOff).containsOnly("this cannot be written"); // the client may try again
  }

  private static RequestException broken() {
    return new RequestException(RequestException.Code.INTERNAL, "this cannot be written");
  }

  private HttpResponse<byte[]> get() throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port()))
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(Duration.ofSeconds(30))
            .build(),
        BodyHandlers.ofByteArray());
  }
}

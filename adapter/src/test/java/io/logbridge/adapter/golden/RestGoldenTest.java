// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.adapter.LogbridgeServer;
import io.logbridge.adapter.stream.ListBackend;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * Every recorded request over HTTP gets the recorded answer. Where it does not, because the real
 * server is wrong or we do more, {@code rest-differences.json} has the answer that it gets, and
 * {@code docs/compatibility.md} the reason.
 */
@Timeout(120)
class RestGoldenTest {

  private static final JsonNode DIFFERENCES = GoldenCases.read("rest-differences.json");

  /** A request, and what it has to get. */
  private record Case(String name, JsonNode request, JsonNode response) {

    static Case of(JsonNode recorded) {
      return new Case(
          recorded.get("name").asString(), recorded.get("request"), recorded.get("response"));
    }

    JsonNode expected() {
      return DIFFERENCES.has(name) ? DIFFERENCES.get(name) : response;
    }
  }

  @TestFactory
  Stream<DynamicContainer> readsAndThenWrites() {
    return replay(() ->
        Stream.of("read", "write").flatMap(group -> GoldenCases.of(group).stream()).map(Case::of));
  }

  @TestFactory
  Stream<DynamicContainer> oddRequests() {
    return replay(() -> GoldenCases.of("extra").stream().map(Case::of));
  }

  @TestFactory
  Stream<DynamicContainer> requestsOfTheCommandLine() {
    return replay(() -> GoldenCases.ofCommandLine().stream().flatMap(RestGoldenTest::exchanges));
  }

  private static Stream<Case> exchanges(JsonNode command) {
    List<Case> exchanges = new ArrayList<>();
    for (JsonNode exchange : command.get("http")) {
      String name = "cli-" + command.get("name").asString() + "-" + (exchanges.size() + 1);
      exchanges.add(new Case(name, exchange.get("request"), exchange.get("response")));
    }
    return exchanges.stream();
  }

  @Test
  void everyDifference_isDocumented() throws IOException {
    String documented = Files.readString(Path.of("../docs/compatibility.md"));

    assertThat(DIFFERENCES.propertyNames())
        .allSatisfy(name -> assertThat(documented).contains("`" + name + "`"));
  }

  /** The same over every kind of HTTP, each on a server of its own. */
  private static Stream<DynamicContainer> replay(Supplier<Stream<Case>> cases) {
    return Arrays.stream(HttpFace.values())
        .map(face -> DynamicContainer.dynamicContainer(face.name(), replay(face, cases.get())));
  }

  private static Stream<DynamicTest> replay(HttpFace face, Stream<Case> cases) {
    LogbridgeServer server = face.start(log());
    GoldenHttp http = new GoldenHttp(face, server);
    GoldenAnswer answers = new GoldenAnswer();
    return cases
        .map(next -> DynamicTest.dynamicTest(next.name(), () -> replay(face, next, http, answers)))
        .onClose(http::close)
        .onClose(server::close);
  }

  /** What the real server's store held. */
  private static ListBackend log() {
    ListBackend store = new ListBackend(100);
    ContainerRef step = new ContainerRef("default", "hello-run-build-pod", null, "step-one");
    Instant time = Instant.parse("2024-05-01T10:00:10Z");
    store.add(step, LogEntry.of(time, LogStream.STDOUT, "hello"));
    store.add(step, LogEntry.of(time.plusSeconds(1), LogStream.STDOUT, "bye"));
    return store;
  }

  private static void replay(HttpFace face, Case next, GoldenHttp http, GoldenAnswer answers)
      throws Exception {
    HttpResponse<String> actual = http.send(next.request(), answers::current);
    assertThat(actual.version()).isEqualTo(face.version);
    assertThat(answers.differences(next.expected(), actual)).as("%s", actual.body()).isEmpty();
  }
}

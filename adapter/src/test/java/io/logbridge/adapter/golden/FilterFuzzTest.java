// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.golden;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.adapter.LogbridgeServer;
import io.logbridge.adapter.stream.ListBackend;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import tools.jackson.databind.JsonNode;

/**
 * The filters that Tekton Results was recorded with, mangled, over REST: whatever is left of them
 * gets a list of rows of the parent, or is refused. Never is it a failure of the server.
 */
class FilterFuzzTest {

  private static final HttpFace FACE = HttpFace.HTTP_2_OVER_TLS;

  private static final List<String> FILTERS =
      Stream.of("read", "extra")
          .flatMap(group -> GoldenCases.of(group).stream())
          .flatMap(FilterFuzzTest::filter)
          .distinct()
          .toList();

  private static final List<String> PIECES =
      List.of(
          "'",
          "\"",
          "\\",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "?",
          ":",
          ",",
          ".",
          "!",
          "-",
          "%",
          "&&",
          "||",
          "==",
          " in ",
          "dyn(",
          "null",
          "true",
          "0",
          "1.5",
          "1u",
          "[0]",
          "['x']",
          "data",
          "data.x",
          "parent",
          "'x'",
          "timestamp('2024-05-01T10:00:00Z')",
          "\u0000",
          "\uD83D\uDE00",
          "--",
          "/*",
          ";",
          "$1",
          ".exists(x, x)",
          ".size()",
          ".getHours()",
          "1/0");

  private static LogbridgeServer server;
  private static HttpClient http;

  @BeforeContainer
  static void start() {
    server = FACE.start(new ListBackend(100));
    http = FACE.client();
  }

  @AfterContainer
  static void stop() {
    http.close();
    server.close();
  }

  private static Stream<String> filter(JsonNode recorded) {
    String path = recorded.at("/request/path").asString("");
    int query = path.indexOf('?');
    return query < 0
        ? Stream.empty()
        : Arrays.stream(path.substring(query + 1).split("&"))
            .filter(parameter -> parameter.startsWith("filter="))
            .map(parameter -> URLDecoder.decode(parameter.substring(7), UTF_8));
  }

  @Property(tries = 500)
  void aMangledFilterFindsRowsOfItsParentOrIsRefused(@ForAll Random random) throws Exception {
    String filter = FILTERS.get(random.nextInt(FILTERS.size()));
    for (int i = random.nextInt(4); i >= 0; i--) {
      filter = mangled(filter, random);
    }
    String list = random.nextBoolean() ? "results" : "results/-/records";

    HttpResponse<String> answer = list(list, filter);

    assertThat(answer.statusCode()).as("%s: %s", filter, answer.body()).isIn(200, 400);
    JsonNode body = GoldenCases.JSON.readTree(answer.body());
    if (answer.statusCode() == 400) {
      assertThat(body.path("code").asInt()).isEqualTo(3);
    }
    for (JsonNode row : body.path(list.equals("results") ? "results" : "records")) {
      assertThat(row.path("name").asString()).as(filter).startsWith("team-a/");
    }
  }

  private static HttpResponse<String> list(String what, String filter) throws Exception {
    String path =
        "/apis/results.tekton.dev/v1alpha2/parents/team-a/"
            + what
            + "?filter="
            + URLEncoder.encode(filter, UTF_8);
    return http.send(
        HttpRequest.newBuilder(FACE.uri(server, path)).build(), BodyHandlers.ofString());
  }

  private static String mangled(String filter, Random random) {
    int from = random.nextInt(filter.length() + 1);
    int to = Math.min(filter.length(), from + random.nextInt(6));
    String piece = PIECES.get(random.nextInt(PIECES.size()));
    return switch (random.nextInt(5)) {
      case 0 -> filter.substring(0, from) + filter.substring(to);
      case 1 -> filter.substring(0, from) + piece + filter.substring(from);
      case 2 -> filter.substring(0, from) + piece + filter.substring(to);
      case 3 -> "(" + filter + ") || " + piece;
      default -> filter + random.nextInt() + filter.substring(from);
    };
  }
}

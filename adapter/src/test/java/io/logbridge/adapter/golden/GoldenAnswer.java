// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.Status;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Compares answers with recorded ones. What the server makes up (ids, etags, times) has to have the
 * same form only, unless it was in the database before; and what has been made up in one answer is
 * what later requests have to name.
 */
final class GoldenAnswer {

  private static final Set<String> MADE_UP =
      Set.of("id", "uid", "etag", "created_time", "create_time", "updated_time", "update_time");

  private static final Map<String, String> FORMS =
      Map.of(
          "id", "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
          "etag", "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9]{19}",
          "time", "[0-9-]{10}T[0-9:]{8}(\\.[0-9]{3}|\\.[0-9]{6}|\\.[0-9]{9})?Z");

  /** Longer bodies of the command line's requests were cut when they were recorded. */
  private static final int RECORDED_LENGTH = 3000;

  private final String seed = GoldenCases.text("seed-inserts.sql");

  /** The longest first: an etag begins with a uid. */
  private final Map<String, String> madeUp =
      new TreeMap<>(
          Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));

  /** A recorded request as it has to be sent now. */
  String current(String text) {
    String current = text;
    for (Map.Entry<String, String> entry : madeUp.entrySet()) {
      current = current.replace(entry.getKey(), entry.getValue());
    }
    return current;
  }

  /** What differs, as lines of path, expected and actual. */
  List<String> differences(JsonNode expected, JsonNode actual) {
    List<String> differences = new ArrayList<>();
    compare("", expected, actual, differences);
    return differences;
  }

  /** The same of an answer over HTTP: status, headers that clients look at, body. */
  List<String> differences(JsonNode expected, HttpResponse<String> actual) {
    List<String> differences = new ArrayList<>();
    if (actual.statusCode() != expected.get("status").asInt()) {
      differences.add(
          "status: expected " + expected.get("status") + " but got " + actual.statusCode());
    }
    for (String header : List.of("Content-Type", "Location", "WWW-Authenticate")) {
      Optional<String> want = expected.path("headers").path(header).asStringOpt();
      Optional<String> got = actual.headers().firstValue(header);
      if (want.isPresent() && !got.equals(want)) {
        differences.add(header + ": expected " + want + " but got " + got);
      }
    }
    JsonNode body = expected.path("body");
    if (!isCut(body)) {
      differences.addAll(
          differences(body.isString() ? json(body.asString()) : body, json(actual.body())));
    }
    return differences;
  }

  private static boolean isCut(JsonNode body) {
    return body.isString() && body.asString().length() == RECORDED_LENGTH;
  }

  /** A body that is not JSON is a text. */
  private static JsonNode json(String body) {
    try {
      JsonNode json = GoldenCases.JSON.readTree(body);
      return json.isMissingNode() ? GoldenCases.JSON.getNodeFactory().stringNode("") : json;
    } catch (JacksonException _) {
      return GoldenCases.JSON.getNodeFactory().stringNode(body);
    }
  }

  /** The same of the end of a call over gRPC. */
  List<String> differences(JsonNode expected, Status actual) {
    List<String> differences = new ArrayList<>();
    if (!actual.getCode().name().equals(expected.get("status").asString())) {
      differences.add("status: expected " + expected.get("status") + " but got " + actual);
    }
    String message = String.valueOf(actual.getDescription());
    if (!actual.isOk()
        && expected.has("message")
        && !expected.get("message").asString().equals(message)) {
      differences.add("message: expected " + expected.get("message") + " but got " + message);
    }
    return differences;
  }

  private void compare(String path, JsonNode expected, JsonNode actual, List<String> differences) {
    if (expected.isObject() && actual.isObject()) {
      Set<String> names = new TreeSet<>(expected.propertyNames());
      names.addAll(actual.propertyNames());
      for (String name : names) {
        compare(path + "." + name, expected.path(name), actual.path(name), differences);
      }
    } else if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
      for (int i = 0; i < expected.size(); i++) {
        compare(path + "[" + i + "]", expected.get(i), actual.get(i), differences);
      }
    } else if (!isSame(path, expected, actual)) {
      differences.add(path + ": expected " + expected + " but got " + actual);
    }
  }

  private boolean isSame(String path, JsonNode expected, JsonNode actual) {
    if (expected.isNumber() && actual.isNumber()) {
      return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
    }
    if (!expected.isString() || !actual.isString()) {
      return expected.equals(actual);
    }
    String want = expected.asString();
    String got = actual.asString();
    String name = path.substring(path.lastIndexOf('.') + 1);
    return want.equals(got)
        || (name.equals("message") && unblank(want).equals(unblank(got)))
        || (path.endsWith(".data.value") && isSameDocument(path, want, got))
        || (MADE_UP.contains(name) && isSameForm(name, want, got));
  }

  /** Go's protobuf puts a blank or a no-break space there, by chance. */
  private static String unblank(String message) {
    return message.replace("proto:\u00a0", "proto: ");
  }

  private boolean isSameDocument(String path, String want, String got) {
    try {
      return differences(document(want), document(got)).isEmpty();
    } catch (JacksonException | IllegalArgumentException e) {
      throw new AssertionError(path + ": expected " + want + " but got " + got, e);
    }
  }

  private static JsonNode document(String base64) {
    return GoldenCases.JSON.readTree(new String(Base64.getDecoder().decode(base64), UTF_8));
  }

  private boolean isSameForm(String name, String want, String got) {
    String form = FORMS.get(name.equals("uid") ? "id" : name.endsWith("time") ? "time" : name);
    boolean known = seed.contains(want.replace('T', ' ').replace("Z", "+00"));
    boolean kept = known && !name.startsWith("update") && !name.equals("etag");
    if (kept || !got.matches(form)) {
      return false;
    }
    madeUp.put(want, got);
    return true;
  }
}

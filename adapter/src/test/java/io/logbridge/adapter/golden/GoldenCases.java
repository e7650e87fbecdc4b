// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The recorded exchanges with Tekton Results; its README says what they are. */
public final class GoldenCases {

  static final JsonMapper JSON = new JsonMapper();

  private GoldenCases() {}

  /** The cases of a group, in the order in which they were recorded. */
  public static List<JsonNode> of(String group) {
    List<JsonNode> cases = new ArrayList<>();
    for (JsonNode name : read("index-" + group + ".json")) {
      cases.add(read(group + "/" + name.asString() + ".json"));
    }
    return cases;
  }

  /** What {@code tkn-results} was called with, and what it sent and got. */
  public static List<JsonNode> ofCommandLine() {
    List<JsonNode> commands = new ArrayList<>();
    for (JsonNode name : read("index-cli.json")) {
      commands.add(read("cli/" + name.asString() + ".json"));
    }
    return commands;
  }

  /** A file of JSON. */
  public static JsonNode read(String file) {
    return JSON.readTree(bytes(file));
  }

  /** A file of text. */
  public static String text(String file) {
    return new String(bytes(file), UTF_8);
  }

  private static byte[] bytes(String file) {
    try (InputStream in = GoldenCases.class.getResourceAsStream(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

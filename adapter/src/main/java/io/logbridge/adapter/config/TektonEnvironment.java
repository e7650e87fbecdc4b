// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.config;

import io.logbridge.backend.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the API server of Tekton Results, as its deployment has them: a file of lines
 * {@code KEY=value}, and the environment, which overrides it, unless the variable is empty. Not
 * safe for use by several threads.
 */
final class TektonEnvironment {

  /** Where its deployment mounts the file. */
  static final Path FILE = Path.of("/etc/tekton/results/config");

  private final Map<String, String> values;
  private final boolean present;

  private TektonEnvironment(Map<String, String> values, boolean present) {
    this.values = values;
    this.present = present;
  }

  /**
   * Reads both.
   *
   * @param file which need not exist
   * @throws SettingsException if the file cannot be read
   */
  static TektonEnvironment read(Path file, Map<String, String> environment) {
    boolean exists = Files.isRegularFile(file);
    Map<String, String> values = exists ? parse(file) : new HashMap<>();
    environment.forEach((key, value) -> {
      if (value.isEmpty()) {
        values.putIfAbsent(key, value);
      } else {
        values.put(key, value);
      }
    });
    return new TektonEnvironment(values, exists || environment.containsKey("DB_HOST"));
  }

  private static Map<String, String> parse(Path file) {
    try {
      Map<String, String> values = new HashMap<>();
      for (String line : Files.readAllLines(file)) {
        int equals = line.indexOf('=');
        if (equals > 0 && !line.stripLeading().startsWith("#")) {
          String key = line.substring(0, equals).strip().replaceFirst("^export\\s+", "");
          values.put(key, unquoted(line.substring(equals + 1).strip()));
        }
      }
      return values;
    } catch (IOException e) {
      throw new SettingsException("\"" + file + "\" (expected: a file that can be read)", e);
    }
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.startsWith("\"") || value.startsWith("'"))
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /**
   * Whether this is a deployment of Tekton Results: there is its file, or {@code DB_HOST}. Any
   * other of its names may be in an environment by chance.
   */
  boolean isPresent() {
    return present;
  }

  /** A value; nothing if it is empty, which is the same as absent. */
  Optional<String> text(String key) {
    return given(key).filter(value -> !value.isBlank());
  }

  /** A value that may be empty; nothing if it is absent. */
  Optional<String> given(String key) {
    return Optional.ofNullable(values.get(key));
  }

  Optional<String> number(String key) {
    Optional<String> value = text(key);
    value
        .filter(text -> !text.matches("\\d{1,9}"))
        .ifPresent(text -> {
          throw invalid(key, text, "a whole number");
        });
    return value;
  }

  /** A boolean, in the spellings that Go reads. */
  Optional<Boolean> flag(String key) {
    return text(key)
        .map(value ->
            switch (value) {
              case "1", "t", "T", "true", "TRUE", "True" -> true;
              case "0", "f", "F", "false", "FALSE", "False" -> false;
              default -> throw invalid(key, value, "true or false");
            });
  }

  static SettingsException invalid(String key, String value, String expected) {
    return new SettingsException(key + ": \"" + value + "\" (expected: " + expected + ")");
  }
}

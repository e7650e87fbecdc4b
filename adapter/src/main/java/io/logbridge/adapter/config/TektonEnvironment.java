// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.config;

import io.logbridge.backend.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The settings of the API server of Tekton Results, as its deployment has them: a file of lines
 * {@code KEY=value}, and the environment, which overrides it, unless the variable is empty. Not
 * safe for use by several threads.
 */
final class TektonEnvironment {

  /** Where its deployment mounts the file. */
  static final Path FILE = Path.of("/etc/tekton/results/config");

  /** What only its API server looks for in an environment; whatever is in its file is its own. */
  private static final Pattern NAMES =
      Pattern.compile(
          "(LOGGING_PLUGIN|CONVERTER|K8S|S3|GCS)_.+|LOGS_(API|TYPE|PATH|BUFFER_SIZE)"
              + "|PROFILING(_PORT)?|SPLUNK_SEARCH_TOKEN|DB_MAX_IDLE_CONNECTIONS|GRPC_WORKER_POOL"
              + "|SQL_LOG_LEVEL|FEATURE_GATES");

  private final Map<String, String> values;
  private final Set<String> own;
  private final boolean present;
  private final Set<String> asked = new HashSet<>();

  /**
   * @param own the names that are surely its
   */
  private TektonEnvironment(Map<String, String> values, Set<String> own, boolean present) {
    this.values = values;
    this.own = own;
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
    Set<String> own = new HashSet<>(values.keySet());
    environment.keySet().stream().filter(NAMES.asMatchPredicate()).forEach(own::add);
    environment.forEach((key, value) -> {
      if (value.isEmpty()) {
        values.putIfAbsent(key, value);
      } else {
        values.put(key, value);
      }
    });
    return new TektonEnvironment(values, own, exists || environment.containsKey("DB_HOST"));
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

  /** The names of its settings that have a value for which nobody has asked. */
  SortedSet<String> unused() {
    SortedSet<String> names = new TreeSet<>(own);
    names.removeIf(name -> asked.contains(name) || values.getOrDefault(name, "").isBlank());
    return present ? names : new TreeSet<>();
  }

  /** A value; nothing if it is empty, which is the same as absent. */
  Optional<String> text(String key) {
    return given(key).filter(value -> !value.isBlank());
  }

  /** A value that may be empty; nothing if it is absent. */
  Optional<String> given(String key) {
    asked.add(key);
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

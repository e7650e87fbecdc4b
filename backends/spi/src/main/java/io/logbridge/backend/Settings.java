// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend;

import io.helidon.config.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings below one key of the configuration, read strictly.
 *
 * <p>An environment variable overrides the file: {@code logStorage.backendType} is overridden by
 * {@code LOGBRIDGE_LOG_STORAGE_BACKEND_TYPE}. Every key that is asked for counts as known, for all
 * sections of one configuration together; after everything has been read, {@link #rejectUnknown}
 * refuses the rest.
 *
 * <p>Each getter throws {@link SettingsException} with the full key, the value and what was
 * expected. Not safe for use by several threads.
 */
public final class Settings {

  private static final String PREFIX = "LOGBRIDGE_";
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  /** What the last word of a key is that holds a credential. */
  private static final Pattern SECRET_KEY =
      Pattern.compile("(?i)(password|token|secret|credentials|key)$");

  /** An address with a credential in it. */
  private static final Pattern SECRET_VALUE = Pattern.compile("@");

  private final Config config;
  private final Map<String, String> environment;
  private final String path;
  private final Set<String> known;

  private Settings(Config config, Map<String, String> environment, String path, Set<String> known) {
    this.config = config;
    this.environment = environment;
    this.path = path;
    this.known = known;
  }

  /** All of a configuration; its environment is that of the process or a test's. */
  public static Settings of(Config config, Map<String, String> environment) {
    return new Settings(config, environment, "", new TreeSet<>());
  }

  /** The settings below a key, which may be absent. */
  public Settings section(String key) {
    return new Settings(config.get(key), environment, pathOf(key), known);
  }

  /** The key of this section from the root; empty for the root. */
  public String path() {
    return path;
  }

  public Optional<String> text(String key) {
    return Optional.ofNullable(value(key));
  }

  public String text(String key, String defaultValue) {
    return text(key).orElse(defaultValue);
  }

  public String requiredText(String key, String expected) {
    return text(key).orElseThrow(() -> missing(key, expected));
  }

  public int integer(String key, int defaultValue, int min, int max) {
    String value = value(key);
    if (value == null) {
      return defaultValue;
    }
    String expected = "a whole number from " + min + " to " + max;
    int number;
    try {
      number = Integer.parseInt(value);
    } catch (NumberFormatException _) {
      throw invalid(key, value, expected);
    }
    if (number < min || number > max) {
      throw invalid(key, value, expected);
    }
    return number;
  }

  public boolean flag(String key, boolean defaultValue) {
    String value = value(key);
    if (value == null) {
      return defaultValue;
    }
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(key, value, "true or false");
    };
  }

  /** A duration as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code 7d} or ISO 8601. */
  public Duration duration(String key, Duration defaultValue, Duration min, Duration max) {
    String value = value(key);
    if (value == null) {
      return defaultValue;
    }
    String expected =
        "a duration from "
            + DurationText.format(min)
            + " to "
            + DurationText.format(max)
            + ", for example 30s";
    Duration duration;
    try {
      duration = DurationText.parse(value);
    } catch (DateTimeParseException _) {
      throw invalid(key, value, expected);
    }
    if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
      throw invalid(key, value, expected);
    }
    return duration;
  }

  /** One of an enum's constants, written in any case and with {@code -} for {@code _}. */
  public <E extends Enum<E>> E oneOf(String key, Class<E> type, E defaultValue) {
    String value = value(key);
    if (value == null) {
      return defaultValue;
    }
    for (E constant : type.getEnumConstants()) {
      if (spelling(constant).equals(value.toLowerCase(Locale.ROOT))) {
        return constant;
      }
    }
    String expected =
        Arrays.stream(type.getEnumConstants())
            .map(Settings::spelling)
            .collect(Collectors.joining(", ", "one of ", ""));
    throw invalid(key, value, expected);
  }

  /** A list, in the file as a YAML list or separated by commas, in the environment by commas. */
  public List<String> list(String key) {
    known.add(pathOf(key));
    Config node = config.get(key);
    if (node.isList() && !environment.containsKey(variable(pathOf(key)))) {
      return node.asList(String.class).orElse(List.of());
    }
    String value = value(key);
    if (value == null) {
      return List.of();
    }
    return Arrays.stream(value.split(",", -1)).map(String::strip).toList();
  }

  /**
   * A credential: the value of {@code key}, or the content of the file that {@code keyFile} names.
   */
  public Optional<Secret> secret(String key) {
    String value = value(key);
    Optional<Path> file = file(key + "File");
    if (value != null && file.isPresent()) {
      throw new SettingsException(
          pathOf(key) + ": set together with " + pathOf(key + "File") + " (expected: one of them)");
    }
    return value != null ? Optional.of(Secret.of(value)) : file.map(Secret::inFile);
  }

  /** A file that must exist and be readable. */
  public Optional<Path> file(String key) {
    return text(key)
        .map(value -> {
          Path file = Path.of(value);
          if (!Files.isReadable(file)) {
            throw invalid(key, value, "a file that can be read");
          }
          return file;
        });
  }

  /** What to throw for a value that a caller of this class finds wrong. */
  public SettingsException invalid(String key, String value, String expected) {
    return new SettingsException(pathOf(key) + ": \"" + value + "\" (expected: " + expected + ")");
  }

  /** What to throw for a value that a caller of this class cannot do without. */
  public SettingsException missing(String key, String expected) {
    return new SettingsException(
        pathOf(key)
            + ": not set (expected: "
            + expected
            + "; environment: "
            + variable(pathOf(key))
            + ")");
  }

  /**
   * Refuses everything below a key, in the file and in the environment.
   *
   * @param expected what to say instead
   */
  public void rejectSection(String key, String expected) {
    config
        .get(key)
        .traverse()
        .filter(Config::isLeaf)
        .findFirst()
        .ifPresent(leaf -> {
          throw refused(leaf.key().toString(), leaf.asString().orElse(""), expected);
        });
    String prefix = variable(pathOf(key)) + "_";
    environment.entrySet().stream()
        .filter(variable -> variable.getKey().startsWith(prefix))
        .min(Map.Entry.comparingByKey())
        .ifPresent(variable -> {
          throw refused(variable.getKey(), variable.getValue(), expected);
        });
  }

  private static SettingsException refused(String key, String value, String expected) {
    boolean secret = SECRET_KEY.matcher(key).find() || SECRET_VALUE.matcher(value).find();
    String shown = secret ? "" : " \"" + value + "\"";
    return new SettingsException(key + ":" + shown + " (expected: " + expected + ")");
  }

  /** Every key that has been asked for, for all sections together. */
  public Set<String> knownKeys() {
    return Set.copyOf(known);
  }

  /**
   * Refuses every key of the file and every variable of the environment that no getter of this
   * configuration has asked for.
   */
  public void rejectUnknown() {
    config
        .traverse()
        .filter(Config::isLeaf)
        .map(leaf -> leaf.key().toString())
        .filter(key -> !isKnown(key))
        .findFirst()
        .ifPresent(key -> {
          throw new SettingsException(key + ": unknown key (expected: " + siblings(key) + ")");
        });
    Set<String> variables = known.stream().map(Settings::variable).collect(Collectors.toSet());
    environment.keySet().stream()
        .filter(name -> name.startsWith(PREFIX) && !variables.contains(name))
        .sorted()
        .findFirst()
        .ifPresent(name -> {
          throw new SettingsException(
              name
                  + ": unknown environment variable (expected: "
                  + PREFIX
                  + " and a key of the configuration, as in "
                  + variable("logStorage.backendType")
                  + ")");
        });
  }

  private boolean isKnown(String key) {
    return known.contains(key) || known.contains(key.replaceAll("\\.\\d+$", ""));
  }

  private String siblings(String key) {
    String parent = key.substring(0, key.lastIndexOf('.') + 1);
    String there =
        known.stream()
            .filter(other -> other.startsWith(parent))
            .map(other -> other.substring(parent.length()).replaceAll("\\..*", ""))
            .distinct()
            .collect(Collectors.joining(", "));
    return there.isEmpty() ? "no such section" : "one of " + there;
  }

  private @Nullable String value(String key) {
    String full = pathOf(key);
    known.add(full);
    String override = environment.get(variable(full));
    if (override != null) {
      return override;
    }
    Config node = config.get(key);
    if (node.exists() && !node.isLeaf()) {
      throw new SettingsException(full + ": a section or list (expected: a single value)");
    }
    return node.asString().orElse(null);
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** The environment variable that overrides a key: {@code LOGBRIDGE_SERVER_PORT}. */
  public static String variable(String path) {
    return PREFIX
        + HUMP.matcher(path)
            .replaceAll("_")
            .replace('.', '_')
            .replace('-', '_')
            .toUpperCase(Locale.ROOT);
  }

  private static String spelling(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

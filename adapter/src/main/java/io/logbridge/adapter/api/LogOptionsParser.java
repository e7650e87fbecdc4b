// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.stream.LogFormat;
import io.logbridge.adapter.stream.LogOptions;
import io.logbridge.backend.LogStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the options of a log request. They are spelled as in Kubernetes' {@code PodLogOptions}: in
 * REST as query parameters, in gRPC as metadata in kebab-case after {@code logbridge-}.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#get-read-log-of-the-specified-pod">Pod
 *     log parameters</a>
 */
public final class LogOptionsParser {

  /** Every option, as it is spelled in REST. */
  static final Set<String> NAMES =
      Set.of(
          "container",
          "events",
          "follow",
          "limitBytes",
          "prefix",
          "sinceSeconds",
          "sinceTime",
          "stream",
          "tailLines",
          "timestamps",
          "until");

  private final Function<String, List<String>> values;
  private final InstantSource clock;

  private LogOptionsParser(Function<String, List<String>> values, InstantSource clock) {
    this.values = values;
    this.clock = clock;
  }

  /**
   * Reads the options of one request.
   *
   * @param values all values of an option, by its name in REST; empty if it is not given
   * @param format what the client accepts
   * @throws RequestException naming the option, its value and what was expected
   */
  public static LogOptions parse(
      Function<String, List<String>> values, LogFormat format, InstantSource clock) {
    return new LogOptionsParser(values, clock).parse(format);
  }

  /**
   * Refuses an option that does not exist: a typo must not return another log than the one meant.
   *
   * @param names as the client spelled them
   * @param spelling how an option is spelled here
   * @throws RequestException naming the first that is unknown, and those that exist
   */
  public static void rejectUnknown(
      String what, Collection<String> names, UnaryOperator<String> spelling) {
    Set<String> known = NAMES.stream().map(spelling).collect(Collectors.toCollection(TreeSet::new));
    names.stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw RequestException.invalid(what, name, "one of " + String.join(", ", known));
        });
  }

  private LogOptions parse(LogFormat format) {
    return new LogOptions(
        values.apply("container").stream().map(LogOptionsParser::container).toList(),
        since(),
        time("until"),
        tailLines(),
        number("limitBytes", 1, Long.MAX_VALUE),
        Boolean.TRUE.equals(flag("timestamps")),
        flag("prefix"),
        Boolean.TRUE.equals(flag("follow")),
        Boolean.TRUE.equals(flag("events")),
        format,
        stream());
  }

  private @Nullable LogStream stream() {
    String value = single("stream");
    return switch (value) {
      case null -> null;
      case "All" -> null;
      case "Stdout" -> LogStream.STDOUT;
      case "Stderr" -> LogStream.STDERR;
      default -> throw RequestException.invalid("stream", value, "All, Stdout or Stderr");
    };
  }

  private static String container(String name) {
    if (!name.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
      throw RequestException.invalid("container", name, "the name of a container or step");
    }
    return name;
  }

  private @Nullable Instant since() {
    Instant time = time("sinceTime");
    Long seconds = number("sinceSeconds", 1, Integer.MAX_VALUE);
    if (time != null && seconds != null) {
      throw RequestException.invalid(
          "sinceSeconds", seconds.toString(), "not together with sinceTime");
    }
    return seconds != null ? clock.instant().minusSeconds(seconds) : time;
  }

  private @Nullable Integer tailLines() {
    Long lines = number("tailLines", 0, LogOptions.MAX_TAIL_LINES);
    return lines == null ? null : Math.toIntExact(lines);
  }

  private @Nullable Long number(String name, long min, long max) {
    String value = single(name);
    if (value == null) {
      return null;
    }
    try {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException _) {
      // not a number is out of range too
    }
    throw RequestException.invalid(name, value, "a whole number from " + min + " to " + max);
  }

  private @Nullable Boolean flag(String name) {
    String value = single(name);
    if (value == null) {
      return null;
    }
    // The spellings that Kubernetes' API server takes.
    return switch (value) {
      case "true", "1", "" -> true;
      case "false", "0" -> false;
      default -> throw RequestException.invalid(name, value, "true or false");
    };
  }

  private @Nullable Instant time(String name) {
    String value = single(name);
    if (value == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException _) {
      throw RequestException.invalid(name, value, "a time as in 2026-08-20T10:00:00Z (RFC 3339)");
    }
  }

  private @Nullable String single(String name) {
    List<String> all = values.apply(name);
    if (all.size() > 1) {
      throw RequestException.invalid(name, String.join(", ", all), "one value");
    }
    return all.isEmpty() ? null : all.getFirst();
  }
}

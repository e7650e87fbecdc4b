// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.grpc.Metadata;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The request header {@code grpc-timeout}: at most eight digits and a unit (<a
 * href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md">PROTOCOL-HTTP2</a>).
 * Helidon does not read it (D8). As grpc-gateway, REST takes it too.
 */
final class GrpcTimeout {

  private static final Metadata.Key<String> KEY =
      Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);
  private static final Pattern FORMAT = Pattern.compile("([0-9]{1,8})([HMSmun])");

  private GrpcTimeout() {}

  /**
   * The timeout of a call, or null if the client set none.
   *
   * @throws IllegalArgumentException when the value is not a timeout
   */
  static @Nullable Duration of(Metadata headers) {
    String value = headers.get(KEY);
    return value == null ? null : parse(value);
  }

  /**
   * Reads a value of the header.
   *
   * @throws IllegalArgumentException when it is not a timeout
   */
  static Duration parse(String value) {
    Matcher matcher = FORMAT.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "grpc-timeout: " + value + " (expected: 1 to 8 digits and one of H, M, S, m, u, n)");
    }
    return Duration.of(Long.parseLong(matcher.group(1)), unit(matcher.group(2).charAt(0)));
  }

  private static ChronoUnit unit(char letter) {
    return switch (letter) {
      case 'H' -> ChronoUnit.HOURS;
      case 'M' -> ChronoUnit.MINUTES;
      case 'S' -> ChronoUnit.SECONDS;
      case 'm' -> ChronoUnit.MILLIS;
      case 'u' -> ChronoUnit.MICROS;
      case 'n' -> ChronoUnit.NANOS;
      default -> throw new IllegalArgumentException("unit: " + letter + " (expected: HMSmun)");
    };
  }
}

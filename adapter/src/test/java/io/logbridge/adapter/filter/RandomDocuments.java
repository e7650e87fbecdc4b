// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** JSON with everything that JSON has, under few keys, so that filters find much of it. */
final class RandomDocuments {

  private static final List<String> KEYS = List.of("a", "b", "c", "k", "n");

  private static final List<String> SCALARS =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "1",
          "2",
          "-1",
          "-3",
          "7",
          "0.5",
          "-2.5",
          "1.5",
          "0.1",
          "0.3",
          "9007199254740993",
          "9223372036854775807",
          "-9223372036854775808",
          "10000000000000000000",
          "1000000000000000000000",
          "\"\"",
          "\"a\"",
          "\"b\"",
          "\"ab\"",
          "\"A\"",
          "\"x%\"",
          "\"a_b\"",
          "\"a\\\\b\"",
          "\"é\"",
          "\"😀\"",
          "\"it's\"",
          "\"1\"",
          "\"1.5\"",
          "\"-3\"",
          "\"true\"",
          "\"null\"",
          "\" \"",
          "\"a\\nb\"",
          "\"2024-05-01T10:00:00Z\"",
          "\"1h30m\"");

  private static final List<String> TIMES =
      List.of(
          "\"2024-05-01T10:00:00Z\"",
          "\"2024-05-01T10:30:15.25+02:00\"",
          "\"2024-02-29T23:59:59.999999Z\"",
          "\"2024-02-30T00:00:00Z\"",
          "\"2023-02-29T00:00:00Z\"",
          "\"1969-12-31T23:59:59.5Z\"",
          "\"soon\"",
          "5",
          "null");

  private static final List<String> DURATIONS =
      List.of(
          "\"0s\"",
          "\"1h30m\"",
          "\"-1.5h\"",
          "\"250ms\"",
          "\"90m\"",
          "\"-1500ms\"",
          "\"24h\"",
          "\"0\"",
          "\"1 fortnight\"",
          "\"h\"",
          "0",
          "null");

  private final Random random;

  RandomDocuments(Random random) {
    this.random = random;
  }

  String next() {
    return IntStream.range(0, 7)
        .filter(_ -> random.nextInt(6) > 0)
        .mapToObj(this::field)
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private String field(int index) {
    return switch (index) {
      case 0 -> "\"a\": " + value(2);
      case 1 -> "\"b\": " + one(SCALARS);
      case 2 -> "\"c\": " + one(SCALARS);
      case 3 -> "\"o\": " + object(2);
      case 4 -> "\"l\": " + list(2);
      case 5 -> "\"t\": " + one(TIMES);
      default -> "\"d\": " + one(DURATIONS);
    };
  }

  private String value(int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(4)) {
      case 0, 1 -> one(SCALARS);
      case 2 -> list(depth - 1);
      default -> object(depth - 1);
    };
  }

  private String list(int depth) {
    return IntStream.range(0, random.nextInt(4))
        .mapToObj(_ -> value(depth))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private String object(int depth) {
    return KEYS.stream()
        .filter(_ -> random.nextBoolean())
        .map(key -> "\"" + key + "\": " + value(depth))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.adapter.error.RequestException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a client sends is a condition that PostgreSQL can work with, or is refused. */
class FilterPropertyTest {

  private static final FilterCompiler RECORDS = FilterCompiler.records();

  private static final List<String> TOKENS =
      List.of(
          "data",
          "data.v",
          "data.v.k",
          "data['v']",
          "name",
          "parent",
          "data_type",
          "TASK_RUN",
          "x",
          "1",
          "0",
          "-1",
          "1.5",
          "1u",
          "9223372036854775807",
          "1e308",
          "true",
          "false",
          "null",
          "'x'",
          "\"1\"",
          "'2024-05-01T10:00:00Z'",
          "'1h'",
          "'Europe/Berlin'",
          "'%'",
          "'\\''",
          "'; DROP TABLE records; --'",
          "==",
          "!=",
          "<",
          ">=",
          "&&",
          "||",
          "!",
          "+",
          "-",
          "*",
          "/",
          "%",
          "in",
          "?",
          ":",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          ",",
          ".",
          ".v",
          "[0]",
          "[-1]",
          "['k']",
          "size(",
          "has(",
          "int(",
          "dyn(",
          "double(",
          "string(",
          "timestamp(",
          "duration(",
          "type(",
          ".contains(",
          ".startsWith(",
          ".matches(",
          ".getHours()",
          ".getMonth('UTC')",
          ".exists(x, ",
          ".all(x, ",
          ".map(x, ",
          ".filter(x, ",
          ".exists_one(x, ");

  private static FilterTables tables;

  @BeforeContainer
  static void fillTheTable() {
    tables = FilterTables.empty();
    for (String parent : List.of("ns", "other")) {
      tables.record(parent, "int", "{\"v\": 1}");
      tables.record(parent, "text", "{\"v\": \"2024-02-30T00:00:00Z\"}");
      tables.record(parent, "list", "{\"v\": [1, \"x\", null, {\"k\": 1e400}]}");
      tables.record(parent, "map", "{\"v\": {\"k\": \"1h\"}}");
      tables.record(parent, "huge", "{\"v\": 1e-400}");
      tables.record(parent, "null", "{\"v\": null}");
      tables.record(parent, "none", null);
    }
  }

  @AfterContainer
  static void close() {
    tables.close();
  }

  @Property(tries = 3000)
  void noFilterEndsAStatementOrReachesAnotherParent(@ForAll("filters") String filter) {
    SqlCondition condition;
    try {
      condition = RECORDS.compile(filter);
    } catch (RequestException e) {
      assertThat(e.code()).isEqualTo(RequestException.Code.INVALID_ARGUMENT);
      return;
    }
    assertThat(tables.fullNames("records", "ns", condition))
        .allMatch(name -> name.startsWith("ns/"));
  }

  @Provide
  static Arbitrary<String> filters() {
    Arbitrary<String> soup =
        Arbitraries.of(TOKENS)
            .list()
            .ofMinSize(1)
            .ofMaxSize(12)
            .map(list -> String.join(" ", list));
    Arbitrary<String> characters = Arbitraries.strings().ofMaxLength(40);
    return Arbitraries.frequencyOf(
        Tuple.of(1, characters), Tuple.of(2, soup), Tuple.of(7, conditions(3)));
  }

  /** Filters that are well formed, though they may compare what cannot be compared. */
  private static Arbitrary<String> conditions(int depth) {
    Arbitrary<String> leaf =
        Combinators.combine(values(2), Arbitraries.of("==", "!=", "<", "<=", ">", ">="), values(2))
            .as((a, operator, b) -> a + " " + operator + " " + b);
    Arbitrary<String> text =
        Combinators.combine(
                Arbitraries.of("data.v", "data.v.k", "name", "dyn(1)", "dyn([name])", "dyn(null)"),
                Arbitraries.of("contains", "startsWith", "endsWith", "matches"),
                Arbitraries.of("'1'", "'%'", "'a|b'", "'^[^x]+$'", "''"))
            .as((a, function, b) -> a + "." + function + "(" + b + ")");
    if (depth == 0) {
      return Arbitraries.oneOf(leaf, text);
    }
    Arbitrary<String> inner = conditions(depth - 1);
    return Arbitraries.oneOf(
        leaf,
        text,
        inner.map(c -> "!(" + c + ")"),
        Combinators.combine(inner, Arbitraries.of("&&", "||"), inner)
            .as((a, operator, b) -> "(" + a + ") " + operator + " (" + b + ")"),
        Combinators.combine(inner, inner, inner)
            .as((a, b, c) -> "(" + a + ") ? (" + b + ") : (" + c + ")"),
        Combinators.combine(
                Arbitraries.of("data.v", "[1, 2]", "data.v.map(y, y)"),
                Arbitraries.of("exists", "all", "exists_one"),
                inner)
            .as((list, macro, c) -> list + "." + macro + "(x, " + c + ")"));
  }

  private static Arbitrary<String> values(int depth) {
    Arbitrary<String> leaf =
        Arbitraries.of(
            "data.v",
            "data.v.k",
            "data.v[0]",
            "data.v[3].k",
            "data['v']",
            "1",
            "0",
            "2.5",
            "'1'",
            "'1h'",
            "true",
            "null",
            "[1, 'x']",
            "9223372036854775807",
            "1e308",
            "1e-300",
            "timestamp('2024-05-01T10:00:00Z')",
            "duration('1h')",
            "timestamp(data.v)",
            "duration(data.v.k)");
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<String> inner = values(depth - 1);
    return Arbitraries.oneOf(
        leaf,
        Combinators.combine(inner, Arbitraries.of("+", "-", "*", "/", "%"), inner)
            .as((a, operator, b) -> "(" + a + " " + operator + " " + b + ")"),
        Combinators.combine(
                Arbitraries.of(
                    "size", "int", "double", "string", "timestamp", "duration", "dyn", "type", "-"),
                inner)
            .as((function, a) -> function + "(" + a + ")"),
        Combinators.combine(inner, Arbitraries.of("getHours", "getFullYear", "getMilliseconds"))
            .as((a, function) -> "dyn(" + a + ")." + function + "()"));
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.adapter.error.RequestException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What filters mean, on records whose {@code data.v} is of every kind that JSON has. An error for a
 * row only keeps that row out.
 */
class FilterSemanticsTest {

  private static final FilterCompiler RECORDS = FilterCompiler.records();

  private static FilterTables tables;

  @BeforeAll
  static void fillTheTable() {
    tables = FilterTables.empty();
    row("int", "{'v': 1}");
    row("frac", "{'v': 1.5}");
    row("text", "{'v': '1'}");
    row("true", "{'v': true}");
    row("null", "{'v': null}");
    row("list", "{'v': [1, 'x', null]}");
    row("map", "{'v': {'k': 'x', 'n': 2}}");
    row("feb30", "{'v': '2024-02-30T00:00:00Z'}");
    row("huge", "{'v': 1e400}");
    row("tiny", "{'v': 1e-400}");
    row("time", "{'v': '2024-05-01T10:30:15.25+02:00'}");
    row("span", "{'v': '1h30m'}");
    row("none", "{}");
    row("nodata", null);
  }

  private static void row(String name, @Nullable String json) {
    tables.record("ns", name, json == null ? null : json.replace('\'', '"'));
  }

  @AfterAll
  static void close() {
    tables.close();
  }

  private static final String TABLE =
      """
      data.v == 1                                      | int
      data.v != 1                                      | feb30 frac huge list map null span text time tiny true
      data.v == 1.5                                    | frac
      data.v == true                                   | true
      data.v != true                                   | feb30 frac huge int list map null span text time tiny
      data.v == '1'                                    | text
      data.v > 0                                       | frac huge int tiny
      data.v >= 1.5                                    | frac huge
      !(data.v > 1)                                    | int tiny
      data.v < 2u                                      | frac int tiny
      data.v > 1 || true                               | feb30 frac huge int list map nodata none null span text time tiny true
      data.v > 1 && false                              |
      !(data.v > 1 && false)                           | feb30 frac huge int list map nodata none null span text time tiny true
      data.v                                           | true
      !data.v                                          |
      data.v ? name == 'true' : true                   | true
      data.v == null                                   | null
      data.v != null                                   | feb30 frac huge int list map span text time tiny true
      has(data.v)                                      | feb30 frac huge int list map null span text time tiny true
      !has(data.v)                                     | none
      has(data.v.k)                                    | map
      !has(data.v.zzz)                                 | map
      data.v[0] == 1                                   | list
      data.v[-2] == 'x'                                | list
      !(data.v[0] == 'x') && data.v[1] != 1             | list
      {'a': 1, 'b': 2}['b'] == 2 && name == 'int'      | int
      {'a': 'x'}.a == 'x' && name == 'int'             | int
      {'a': 1}.exists(k, {'a': 1}[k] == data.v)        | int
      data.v[7] == 1                                   |
      data.v['k'] == 'x'                               | map
      data['v']['n'] == 2                              | map
      data.v.n + 1 == 3                                | map
      data[name] == 1                                  |
      size(data.v) == 3                                | list
      data.v.size() == 2                               | map
      size(data.v) == 1                                | text
      1 in data.v                                      | list
      'x' in data.v                                    | list
      'k' in data.v                                    | map
      !('k' in data.v)                                 | list
      data.v in [1, true]                              | int true
      data.v in ['1', 'x']                             | int text
      data.v in []                                     |
      !(data.v in [])                                  | feb30 frac huge int list map null span text time tiny true
      data.v.exists(x, x == 'x')                       | list
      data.v.exists(x, x > 0)                          | list
      data.v.all(k, k != '')                           | map
      data.v.exists_one(x, x == 1)                     | list
      data.v.exists(k, data.v[k] == 'x')               | list map
      data.v.map(x, x) == [1, 'x', null]               | list
      data.v.filter(x, type(x) == int).size() == 1     | list
      data.v.map(x, x == 1, 'one') == ['one']          | list
      [1, 2].exists(x, x == data.v)                    | int
      [[1], [2]].exists(l, l.exists(x, x == data.v))   | int
      data.v == {'k': 'x', 'n': 2}                     | map
      data.v == [1, 'x', null]                         | list
      data.v + 1 == 2                                  | int
      data.v - 1 == 0                                  | int
      data.v * 2.0 == 3.0                              | frac
      data.v / 0 == 1                                  |
      data.v / 0.0 == 1.0                              |
      data.v % 2 == 1                                  | int
      data.v + data.v == 2                             | int
      data.v * data.v > 2                              | frac
      -data.v == -1                                    | int
      data.v + 'x' == '1x'                             | int text
      int(data.v) == 1                                 | frac int text
      uint(data.v) == 1u                               | frac int text
      double(data.v) >= 1.0                            | frac int text
      string(data.v) == '1'                            | int text
      bool(data.v)                                     | text true
      type(data.v) == int                              | int
      type(data.v) == double                           | frac huge tiny
      type(data.v) == string                           | feb30 span text time
      type(data.v) == bool                             | true
      type(data.v) == null_type                        | null
      timestamp(data.v) > timestamp('2024-01-01')      | time
      data.v > timestamp('2024-01-01T00:00:00Z')       | time
      data.v == timestamp('2024-05-01T08:30:15.25Z')   | time
      data.v.getFullYear() == 2024                     | time
      data.v.getMonth() == 4                           | time
      data.v.getDate() == 1                            | time
      data.v.getDayOfMonth() == 0                      | time
      data.v.getDayOfWeek() == 3                       | time
      data.v.getDayOfYear() == 121                     | time
      data.v.getHours() == 8                           | time
      data.v.getHours('Asia/Kolkata') == 14            | time
      data.v.getHours('-03:30') == 5                   | time
      data.v.getMinutes() == 30                        | time
      data.v.getSeconds() == 15                        | time
      data.v.getMilliseconds() == 250                  | time
      data.v + duration('24h') == timestamp('2024-05-02T08:30:15.25Z') | time
      data.v - timestamp('2024-05-01T08:00:00Z') == duration('30m15s250ms') | time
      timestamp('9999-12-31T23:59:59Z') + duration('87600h') > data.v |
      duration(data.v) == duration('90m')              | span
      data.v > duration('1h')                          | span
      duration(data.v).getMinutes() == 90              | span
      string(duration('90m')) == '5400s' && name == 'int' | int
      string(timestamp(data.v)) == '2024-05-01T08:30:15.25Z' | time
      int(timestamp(data.v)) == 1714552215             | time
      data.v.contains('4-0')                           | feb30 time
      data.v.startsWith('2024-0')                      | feb30 time
      data.v.endsWith('00')                            | huge time
      data.v.startsWith('%')                           |
      data.v.endsWith('_')                             |
      data.v.contains('')                              | feb30 frac huge int list map span text time tiny true
      data.v.matches('^\\\\d+h')                       | span
      data.v.matches('(?i)^TRUE$')                     | true
      data.v < 'a' && data.v > '2'                     | feb30 list time
      9223372036854775807 + 1 > 0                      |
      data.v == data.v                                 | feb30 frac huge int list map null span text time tiny true
      data.v < data.v || data.v <= data.v              | feb30 frac huge int span text time tiny true
      dyn(9007199254740993) == dyn(9007199254740992.0) |
      0.1 + 0.2 > 0.3 && name == 'int'                 | int
      data.v + data.v == 3.0                           | frac
      data.v + 0.25 == 1.75                            | frac
      data.v + 2u == 3u                                | int
      !(dyn(int(data.v)) == 'x')                       | frac int text tiny
      !(timestamp(data.v) == null)                     | int time
      timestamp(data.v) == timestamp(1)                | int
      type([data.v.k]) == list                         | map
      -1 != data.v - data['v']                         | frac int tiny
      ['a', data.v][1] == 1                            | int
      (has(data.v.k) ? data.v.k : 'none') == 'none'    |
      string(data.v / 0) + 'x' == 'x'                  |
      data.v + '' == ''                                | nodata none null
      duration('0') + duration('0s') == duration(data.v) |
      string(1e19) == '10000000000000000000' && name == 'int' | int
      1.0e308 * 10.0 > 0.0                             |
      0.1 + 0.2 == 0.3                                 |
      7 / 2 == 3 && -7 / 2 == -3 && -7 % 2 == -1 && name == 'int' | int
      """;

  static Stream<Arguments> table() {
    return TABLE
        .lines()
        .map(line -> {
          int bar = line.lastIndexOf('|');
          return Arguments.of(line.substring(0, bar).strip(), line.substring(bar + 1).strip());
        });
  }

  @ParameterizedTest
  @MethodSource("table")
  void aFilterMatchesTheRowsForWhichItIsTrue(String filter, String names) {
    List<String> expected =
        names.isEmpty() ? List.of() : Arrays.stream(names.split(" ")).sorted().toList();

    assertThat(tables.names("records", RECORDS.compile(filter)).stream().sorted().toList())
        .isEqualTo(expected);
  }

  @Test
  void aBlankFilterIsNone() {
    assertThat(RECORDS.compile(" \n ")).isSameAs(SqlCondition.TRUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name == \"x' OR parent <> '\"",
        "name == \"x')) OR ((parent <> '\"",
        "data.metadata.name == \"x') OR (1=1\"",
        "data[\"a' OR TRUE OR '\"] == 'x'",
        "data.a[\"b')) OR ((TRUE) OR ('\"].c == 'x'",
        "name.contains(\"' OR ''='\")",
        "name.matches(\"' OR TRUE --\")",
        "name == '?' || name == '$1' || name == '??'",
        "data['?'] == 'x'",
        "'?' in data.v",
        "parent == 'other' && name == '%'",
        "name.startsWith('\\\\') && name.endsWith('\\\\')",
      })
  void whatAFilterSaysIsNeverSql(String filter) {
    assertThat(tables.names("records", RECORDS.compile(filter))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "(", "name ==", "name", "1 + 1", "'x'", "null", "[true]"})
  void whatIsNoConditionIsRefused(String filter) {
    assertThatThrownBy(() -> RECORDS.compile(filter))
        .isInstanceOfSatisfying(
            RequestException.class,
            e -> assertThat(e.code()).isEqualTo(RequestException.Code.INVALID_ARGUMENT));
  }

  @Test
  void aRefusalSaysWhatTheFilterIs() {
    assertThatThrownBy(() -> RECORDS.compile("name + 'x'"))
        .hasMessage("expected boolean expression, but got string");
  }

  @Test
  void aRefusalNamesTheLimitOfCharacters() {
    assertThatThrownBy(() -> RECORDS.compile("name == '" + "x".repeat(10_000) + "'"))
        .hasMessage("filter: 10010 characters (expected: at most 10000)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name.matches('a{256}')",
        "name.matches('(a{200}){200}')",
        "name.matches('(?<=a)b')",
        "name.matches('\\\\1')",
        "name.matches('\\\\pL')",
        "name.matches('a**')",
        "name.matches('x(?i)y')",
        "name.matches(data.v)",
        "data.v.getHours('Mars/Olympus') == 1",
        "data.v.getHours(name) == 1",
        "timestamp('soon') < timestamp(data.v)",
        "timestamp('2024-02-30T00:00:00Z') < timestamp(data.v)",
        "duration('1 fortnight') < duration(data.v)",
        "name == 'a\\u0000b'",
        "b'abc' == b'abc'",
        "1.7e308 > 1.0",
      })
  void whatSqlCannotSayIsRefused(String filter) {
    assertThatThrownBy(() -> RECORDS.compile(filter))
        .isInstanceOfSatisfying(
            RequestException.class,
            e -> assertThat(e.code()).isEqualTo(RequestException.Code.INVALID_ARGUMENT));
  }
}

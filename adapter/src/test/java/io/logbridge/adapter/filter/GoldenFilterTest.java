// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.logbridge.adapter.error.RequestException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every filter that Tekton Results was recorded with, on the rows that it was recorded on: the same
 * rows or the same refusal. Where we do better on purpose, the case is in {@link #BETTER} and in
 * docs/compatibility.md.
 */
class GoldenFilterTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String REFUSED = "refused: ";

  /** The day of the recording: one filter says {@code timestamp("yesterday")}. */
  private static final Clock RECORDED =
      Clock.fixed(Instant.parse("2026-11-22T11:21:00Z"), ZoneOffset.UTC);

  private static final FilterCompiler RESULTS = FilterCompiler.results(RECORDED);
  private static final FilterCompiler RECORDS = FilterCompiler.records();

  /** What we answer instead: how many rows, or the refusal. */
  private static final Map<String, String> BETTER =
      Map.ofEntries(
          // Ends with an error of PostgreSQL there, and as an empty list at the client.
          Map.entry("results-filter-ann-in-map", "1"),
          Map.entry("records-filter-data-index", "1"),
          Map.entry("records-filter-data-bool-eq", "3"),
          Map.entry("records-filter-in-labels", "2"),
          Map.entry(
              "records-filter-data-matches-bad-regex",
              REFUSED
                  + "filter: matches: \"(\" (expected: a regular expression of RE2 that PostgreSQL"
                  + " has too; not: missing ))"),
          // CEL has it, and the translation there has not.
          Map.entry("results-filter-size-fn", "3"),
          Map.entry("results-filter-duration", "3"),
          Map.entry("results-filter-dot-map-select", "1"),
          Map.entry("records-filter-data-getmonth", "15"),
          Map.entry("records-filter-data-gethours", "10"),
          Map.entry("records-filter-data-string-fn", "1"),
          Map.entry("records-filter-ternary", "4"),
          Map.entry("records-filter-type-fn", "23"),
          Map.entry("records-filter-int-fn", "18"),
          Map.entry("records-filter-one-level-select", "5"),
          Map.entry("records-filter-one-level-select-apiversion", "17"),
          Map.entry("records-filter-two-level-index-both", "14"),
          // SQL of the filter is executed there.
          Map.entry("results-filter-sql-injection", "0"),
          Map.entry("records-filter-injection-union", "0"));

  private static FilterTables tables;

  @BeforeAll
  static void loadTheRecordedRows() {
    tables = FilterTables.golden();
  }

  @AfterAll
  static void close() {
    tables.close();
  }

  @TestFactory
  Stream<DynamicTest> everyRecordedFilterMatchesTheRecordedRows() {
    List<Case> cases =
        Stream.of("read", "extra").flatMap(GoldenFilterTest::cases).filter(Case::filters).toList();
    assertThat(cases).hasSizeGreaterThan(90);
    assertThat(cases).extracting(Case::name).containsAll(BETTER.keySet());
    return cases.stream().map(test -> dynamicTest(test.name, () -> check(test)));
  }

  private static Stream<Case> cases(String group) {
    JsonNode index = JSON.readTree(FilterTables.read("index-" + group + ".json"));
    return StreamSupport.stream(index.spliterator(), false)
        .map(name -> new Case(name.asString(), read(group + "/" + name.asString() + ".json")));
  }

  private static JsonNode read(String file) {
    return JSON.readTree(FilterTables.read(file));
  }

  private static void check(Case test) {
    String better = BETTER.get(test.name);
    if (better == null) {
      assertThat(answer(test)).isEqualTo(test.recorded());
    } else {
      assertThat(answer(test)).isNotEqualTo(test.recorded());
      String brief = answer(test);
      assertThat(brief.startsWith(REFUSED) ? brief : String.valueOf(count(brief)))
          .isEqualTo(better);
    }
  }

  private static long count(String names) {
    return names.isEmpty() ? 0 : names.lines().count();
  }

  private static String answer(Case test) {
    FilterCompiler compiler = test.table().equals("records") ? RECORDS : RESULTS;
    try {
      SqlCondition condition = compiler.compile(test.filter());
      return String.join("\n", tables.fullNames(test.table(), test.parent(), condition));
    } catch (RequestException e) {
      assertThat(e.code()).isEqualTo(RequestException.Code.INVALID_ARGUMENT);
      return REFUSED + e.getMessage();
    }
  }

  private record Case(String name, JsonNode json) {

    URI uri() {
      String path = json.at("/request/path").asString("");
      return URI.create(path.startsWith("/apis") ? path : "/");
    }

    /** A list with a filter, on its first page. */
    boolean filters() {
      return parameter("filter") != null
          && parameter("page_token") == null
          && !uri().getPath().endsWith("/summary");
    }

    String filter() {
      return parameter("filter");
    }

    private String parameter(String key) {
      String query = uri().getRawQuery() == null ? "" : uri().getRawQuery();
      return Arrays.stream(query.split("&", -1))
          .filter(part -> part.startsWith(key + "="))
          .map(part -> part.substring(key.length() + 1))
          .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
          .findFirst()
          .orElse(null);
    }

    String table() {
      return uri().getPath().endsWith("/records") ? "records" : "results";
    }

    String parent() {
      return uri().getPath().split("/", -1)[5];
    }

    String recorded() {
      JsonNode body = json.at("/response/body");
      if (json.at("/response/status").asInt() != 200) {
        return REFUSED + body.path("message").asString();
      }
      return String.join(
          "\n",
          StreamSupport.stream(body.path(table()).spliterator(), false)
              .map(row -> row.path("name").asString())
              .toList());
    }
  }
}

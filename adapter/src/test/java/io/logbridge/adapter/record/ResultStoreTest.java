// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.filter.SqlCondition;
import io.logbridge.adapter.record.Keyset.Order;
import io.logbridge.adapter.record.Keyset.Position;
import io.logbridge.adapter.record.ResultStore.Content;
import io.logbridge.adapter.record.ResultStore.Row;
import io.logbridge.adapter.record.ResultStore.Summary;
import io.logbridge.backend.Deadline;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class ResultStoreTest {

  private static final Instant T0 = Instant.parse("2026-08-20T10:00:00.123456Z");
  private static final Content NOTHING = new Content(Map.of(), null);

  private Database database;
  private ResultStore results;

  @BeforeAll
  void open() {
    database = Database.open(TestDatabase.empty(true));
    results = new ResultStore(database, Clock.systemUTC());
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void aResult_isReadAsItWasWritten() {
    Content content =
        new Content(
            Map.of("a", "ü \"quoted\"", "", ""),
            new Summary("ns/results/r/records/x", "t", T0, T0.plusSeconds(1), 3, Map.of("k", "v")));

    Row created = results.create(name("ns/results/full"), content, never());

    assertThat(results.get(name("ns/results/full"), never())).isEqualTo(created);
    assertThat(created.content()).isEqualTo(content);
  }

  @Test
  void anUpdate_replacesAnnotationsAndSummary() {
    Row created =
        results.create(
            name("ns/results/updated"),
            new Content(Map.of("a", "b"), new Summary("r", "t", T0, null, 1, Map.of())),
            never());

    Row updated = results.update(created.name(), _ -> NOTHING, never());

    assertThat(results.get(created.name(), never())).isEqualTo(updated);
    assertThat(updated.content()).isEqualTo(NOTHING);
    assertThat(updated.uid()).isEqualTo(created.uid());
    assertThat(updated.created()).isEqualTo(created.created());
    assertThat(updated.etag()).startsWith(created.uid() + "-").isNotEqualTo(created.etag());
  }

  @Test
  void anUpdateThatIsRefused_changesNothing() {
    Row created = results.create(name("ns/results/refused"), NOTHING, never());

    assertThatThrownBy(() ->
            results.update(
                created.name(),
                _ -> {
                  throw new RequestException(Code.FAILED_PRECONDITION, "no");
                },
                never()))
        .hasMessage("no");
    assertThat(results.get(created.name(), never())).isEqualTo(created);
  }

  @Test
  void aSecondResultOfTheSameName_isRefusedInTheWordsOfTektonResults() {
    results.create(name("ns/results/twice"), NOTHING, never());

    assertThatThrownBy(() -> results.create(name("ns/results/twice"), NOTHING, never()))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.ALREADY_EXISTS))
        .hasMessage(
            "ERROR: duplicate key value violates unique constraint \"results_by_name\" (SQLSTATE"
                + " 23505)");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void pages_meetResultsWithoutASummaryToo(boolean descending) {
    String parent = "pages-" + descending;
    for (int i = 0; i < 7; i++) {
      results.create(
          new ResultName(parent, "r-" + i),
          new Content(
              Map.of(), new Summary("r", "t", null, i % 2 == 0 ? null : end(i), 0, Map.of())),
          never());
    }

    List<@Nullable Instant> ends = paged(parent, descending);

    List<@Nullable Instant> expected = new ArrayList<>(List.of(end(1), end(3), end(5)));
    IntStream.range(0, 4).forEach(_ -> expected.add(null));
    assertThat(ends).containsExactlyElementsOf(descending ? expected.reversed() : expected);
  }

  private static Instant end(int i) {
    return T0.plusSeconds(i);
  }

  private List<@Nullable Instant> paged(String parent, boolean descending) {
    Order order = new Order(SortKey.SUMMARY_END_TIME, descending);
    List<@Nullable Instant> ends = new ArrayList<>();
    Keyset keyset = new Keyset(order, null);
    Rows<Row> page;
    do {
      page =
          results.list(
              Scope.of(parent), SqlCondition.TRUE, keyset, new PageLimit(2, 1_000), never());
      page.rows().forEach(row -> ends.add(endOf(row)));
      if (page.more()) {
        Row last = page.rows().getLast();
        keyset = new Keyset(order, new Position(last.uid(), endOf(last)));
      }
    } while (page.more());
    return ends;
  }

  private static @Nullable Instant endOf(Row row) {
    Summary summary = row.content().summary();
    return summary == null ? null : summary.end();
  }

  @Test
  void listsOfUnknownParents_areEmpty() {
    assertThat(results.list(Scope.of("nobody"), SqlCondition.TRUE, Keyset.start(), TEN, never()))
        .isEqualTo(new Rows<>(List.of(), false));
  }

  @Test
  void aListThatTheDatabaseDoesNotAnswer_isAnErrorNotEmpty() {
    Database closed = Database.open(TestDatabase.empty(true));
    closed.close();

    assertThatThrownBy(() ->
            new ResultStore(closed, Clock.systemUTC())
                .list(Scope.of("ns"), SqlCondition.TRUE, Keyset.start(), TEN, never()))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.UNAVAILABLE));
  }

  private static final PageLimit TEN = new PageLimit(10, 1_000);

  private static ResultName name(String name) {
    return ResultName.parse(name);
  }

  private static Deadline never() {
    return Deadline.never();
  }
}

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
import io.logbridge.adapter.record.RecordStore.Content;
import io.logbridge.adapter.record.RecordStore.Row;
import io.logbridge.backend.Deadline;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class RecordStoreTest {

  private static final Instant NOW = Instant.parse("2026-08-20T10:00:00.123456789Z");
  private static final ResultStore.Content NOTHING = new ResultStore.Content(Map.of(), null);

  private Database database;
  private RecordStore records;
  private ResultStore results;

  @BeforeAll
  void open() {
    database = Database.open(TestDatabase.empty(true));
    records = new RecordStore(database, InstantSource.fixed(NOW));
    results = new ResultStore(database, InstantSource.fixed(NOW));
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void aRecord_isReadAsItWasWritten() {
    Row created = create("ns/results/written/records/x", "a.b/v1.C", "{ \"b\":1,\n\"a\" : 1E2 }");

    assertThat(records.get(created.name(), never())).isEqualTo(created);
    assertThat(created.content()).isEqualTo(new Content("a.b/v1.C", "{ \"b\":1,\n\"a\" : 1E2 }"));
    assertThat(created.created()).isEqualTo("2026-08-20T10:00:00.123456Z");
    assertThat(created.updated()).isEqualTo("2026-08-20T10:00:00.123456Z");
    assertThat(created.etag()).isEqualTo(created.uid() + "-1787220000123456789");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16})
  void severalRecords_areFoundByOneStatement(int names) {
    List<RecordName> wanted = new ArrayList<>();
    Map<RecordName, Row> there = new HashMap<>();
    for (int i = 0; i < names; i++) {
      String result = "ns/results/several-" + names;
      if (i % 3 == 1) {
        wanted.add(RecordName.parse(result + "/records/none-" + i));
      } else {
        Row row = create(result + "/records/x" + i, "t", "{\"n\": " + i + "}");
        there.put(row.name(), row);
        wanted.add(row.name());
      }
    }

    assertThat(records.find(wanted, never())).isEqualTo(there);
  }

  @Test
  void aRecordThatIsWantedTwice_isFound() {
    Row row = create("ns/results/wanted-twice/records/x", "t", "1");

    assertThat(records.find(List.of(row.name(), row.name()), never()))
        .isEqualTo(Map.of(row.name(), row));
  }

  @Test
  void aRecordWithoutData_hasNone() {
    Row created = create("ns/results/empty/records/x", "", null);

    assertThat(records.get(created.name(), never()).content()).isEqualTo(new Content("", null));
  }

  @Test
  void anUpdate_keepsTheBytesToo_andTheTimeOfCreation() {
    Row created = create("ns/results/updated/records/x", "t", "{\"a\":1}");

    Row updated = records.update(created.name(), _ -> new Content("t", "{\"a\" :2}"), never());

    assertThat(records.get(created.name(), never())).isEqualTo(updated);
    assertThat(updated.content().json()).isEqualTo("{\"a\" :2}");
    assertThat(updated.created()).isEqualTo(created.created());
  }

  @Test
  void anEtag_changesThoughTheClockStandsStill() {
    Row created = create("ns/results/still/records/x", "t", "1");

    Row updated = records.update(created.name(), Row::content, never());

    assertThat(updated.etag()).isEqualTo(created.uid() + "-1787220000123456790");
  }

  @Test
  void dataThatAnotherServerChanges_isReadAsTheDatabaseHasIt() {
    Row created = create("ns/results/changed/records/x", "t", "{\"b\":1,\"a\":1}");
    TestDatabase.execute(
        database, "UPDATE records SET data = '{\"c\":3}'::jsonb WHERE id = ?", created.uid());

    assertThat(records.get(created.name(), never()).content().json()).isEqualTo("{\"c\": 3}");
  }

  @Test
  void dataThatAnotherServerLeavesAsItIs_keepsItsBytes() {
    Row created = create("ns/results/untouched/records/x", "t", "{\"b\":1,\"a\":1}");
    // Tekton Results writes every column that it knows, changed or not.
    TestDatabase.execute(
        database,
        "UPDATE records SET type = 'u', etag = 'e', data = '{\"a\": 1, \"b\": 1}' WHERE id = ?",
        created.uid());

    assertThat(records.get(created.name(), never()).content())
        .isEqualTo(new Content("u", "{\"b\":1,\"a\":1}"));
  }

  @Test
  void withoutTheColumn_dataIsReadAsTheDatabaseHasIt() {
    DatabaseConfig config = TestDatabase.empty(true);
    try (Database migrated = Database.open(config)) {
      TestDatabase.execute(migrated, "DROP TRIGGER logbridge_forget_data_as_written ON records");
      TestDatabase.execute(migrated, "ALTER TABLE records DROP COLUMN data_as_written");
    }
    try (Database database = Database.open(config.asItIs())) {
      RecordStore records = new RecordStore(database, InstantSource.fixed(NOW));
      ResultStore results = new ResultStore(database, InstantSource.fixed(NOW));
      RecordName name = RecordName.parse("ns/results/r/records/x");
      String resultUid = results.create(name.result(), NOTHING, never()).uid();
      records.create(name, resultUid, new Content("t", "{\"b\":1,\"a\":1}"), never());

      assertThat(records.get(name, never()).content().json()).isEqualTo("{\"a\": 1, \"b\": 1}");
      records.update(name, _ -> new Content("t", "[1,2]"), never());
      assertThat(records.get(name, never()).content().json()).isEqualTo("[1, 2]");
    }
  }

  @Test
  void aSecondRecordOfTheSameName_isRefusedInTheWordsOfTektonResults() {
    create("ns/results/twice/records/x", "t", "1");

    assertThatThrownBy(() -> create("ns/results/twice/records/x", "t", "1"))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.ALREADY_EXISTS))
        .hasMessage(
            "ERROR: duplicate key value violates unique constraint \"records_by_name\" (SQLSTATE"
                + " 23505)");
  }

  @Test
  void aRecordOfAResultThatIsGone_isRefused() {
    assertThatThrownBy(() ->
            records.create(
                RecordName.parse("ns/results/r/records/x"),
                "no-such-uid",
                new Content("t", "1"),
                never()))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.FAILED_PRECONDITION));
  }

  @Test
  void whatTheDatabaseCannotHold_isTheClientsMistake() {
    assertThatThrownBy(() -> create("ns/results/nul/records/x", "t", "\"\\u0000\""))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID_ARGUMENT))
        .hasMessage("ERROR: unsupported Unicode escape sequence (SQLSTATE 22P05)");
  }

  @Test
  void eightUpdatesThatExpectTheSameEtag_haveOneWinner() throws Exception {
    Row created = create("ns/results/race/records/x", "t", "0");
    CyclicBarrier start = new CyclicBarrier(8);
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      String value = Integer.toString(i);
      writers.add(() -> {
        start.await(30, TimeUnit.SECONDS);
        return updatedIf(created.etag(), created.name(), value);
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Boolean> won = new ArrayList<>();
      for (Future<Boolean> writer : threads.invokeAll(writers)) {
        won.add(writer.get());
      }

      assertThat(won).containsOnlyOnce(true);
      assertThat(records.get(created.name(), never()).content().json())
          .isEqualTo(Integer.toString(won.indexOf(true) + 1));
    }
  }

  private boolean updatedIf(String etag, RecordName name, String value) {
    try {
      records.update(
          name,
          row -> {
            if (!row.etag().equals(etag)) {
              throw new RequestException(Code.FAILED_PRECONDITION, "the etag mismatches");
            }
            return new Content("t", value);
          },
          never());
      return true;
    } catch (RequestException e) {
      assertThat(e.code()).isEqualTo(Code.FAILED_PRECONDITION);
      return false;
    }
  }

  @Test
  void deletingARun_takesItsLogsAndEventsAlong_andNothingElse() {
    String result = "ns/results/cascade/records/";
    RecordName run =
        create(
                result + "run-1",
                "tekton.dev/v1.TaskRun",
                """
                {"metadata":{"name":"hello","uid":"run-1-uid","annotations":
                  {"results.tekton.dev/eventlist":"ns/results/cascade/records/events-1"}}}\
                """)
            .name();
    String resultUid = records.get(run, never()).resultUid();
    log("log-1", "results.tekton.dev/v1alpha3.Log", "{'resource':{'uid':'run-1-uid'}}");
    log("log-2", "results.tekton.dev/v1alpha2.Log", "{'resource':{'uid':'run-1-uid'}}");
    log("log-3", "results.tekton.dev/v1alpha2.TaskRunLog", "{'taskRunRef':{'name':'hello'}}");
    log("log-4", "results.tekton.dev/v1alpha2.TaskRunLog", "{'taskRunRef':{'uid':'run-1-uid'}}");
    log("log-5", "results.tekton.dev/v1alpha2.TaskRunLog", "{'recordName':'" + run + "'}");
    create(result + "events-1", "results.tekton.dev/v1.EventList", "{\"items\":[]}");
    create(
        result + Dependents.derivedName(resultUid, "run-1-uid"),
        "results.tekton.dev/v1.EventList",
        "{\"items\":[]}");
    log("other-1", "results.tekton.dev/v1alpha3.Log", "{'resource':{'uid':'run-2-uid'}}");
    log(
        "other-2",
        "results.tekton.dev/v1alpha2.TaskRunLog",
        "{'taskRunRef':{'name':'hello','uid':'run-2-uid'}}");
    log("other-3", "tekton.dev/v1.TaskRun", "{'resource':{'uid':'run-1-uid'}}");
    create(result + "other-4", "results.tekton.dev/v1.EventList", "{\"items\":[]}");
    create(
        "ns/results/neighbour/records/log-1",
        "results.tekton.dev/v1alpha3.Log",
        "{\"spec\":{\"resource\":{\"uid\":\"run-1-uid\"}}}");

    records.delete(run, never());

    assertThat(names("ns", "cascade"))
        .containsExactlyInAnyOrder(
            result + "other-1", result + "other-2", result + "other-3", result + "other-4");
    assertThat(names("ns", "neighbour")).containsExactly("ns/results/neighbour/records/log-1");
  }

  @Test
  void anAnnotation_cannotTakeAnotherRunAlong() {
    RecordName run =
        create(
                "ns/results/trap/records/a",
                "tekton.dev/v1.TaskRun",
                """
                {"metadata":{"uid":"a","annotations":
                  {"results.tekton.dev/eventlist":"ns/results/trap/records/b"}}}\
                """)
            .name();
    create("ns/results/trap/records/b", "tekton.dev/v1.TaskRun", "{\"metadata\":{\"uid\":\"b\"}}");

    records.delete(run, never());

    assertThat(names("ns", "trap")).containsExactly("ns/results/trap/records/b");
  }

  @Test
  void theNameOfAnEventList_isTheWatchers() {
    // As in a recorded trace of the watcher.
    assertThat(
            Dependents.derivedName(
                "ebdb3607-c2ba-4219-b182-4404ded76c75", "33333333-0000-4000-8000-000000000003"))
        .isEqualTo("a078a566-012e-38a7-a992-cf164be20076");
  }

  @Test
  void deletingAResult_takesItsRecordsAlong() {
    create("ns/results/whole/records/x", "t", "1");

    results.delete(ResultName.parse("ns/results/whole"), never());

    assertThat(names("ns", "whole")).isEmpty();
  }

  @Test
  void whatIsNotThere_isNotFound() {
    RecordName name = RecordName.parse("ns/results/nothing/records/x");

    assertNotFound(() -> records.get(name, never()));
    assertNotFound(() -> records.update(name, Row::content, never()));
    assertNotFound(() -> records.delete(name, never()));
  }

  private static void assertNotFound(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_FOUND))
        .hasMessage("record not found");
  }

  @Test
  void pages_meetEveryRowOnceInEitherDirection() {
    for (String name : List.of("a", "b", "c", "d", "e", "f", "g")) {
      // All of one time: the uid decides.
      create("pages/results/r-" + name + "/records/x", "t", "1");
    }

    List<String> up = paged("pages", false);
    List<String> down = paged("pages", true);

    assertThat(up).doesNotHaveDuplicates().hasSize(7);
    assertThat(down).containsExactlyElementsOf(up.reversed());
  }

  @Test
  void aPageEndsWhereItsDocumentsAreTooLarge_butHasAtLeastOne() {
    for (int i = 0; i < 5; i++) {
      create("sizes/results/r/records/" + i, "t", "\"" + "x".repeat(98) + "\"");
    }

    assertThat(sizes(new PageLimit(10, 1))).isEqualTo("1 and more");
    assertThat(sizes(new PageLimit(10, 200))).isEqualTo("2 and more");
    assertThat(sizes(new PageLimit(10, 201))).isEqualTo("3 and more");
    assertThat(sizes(new PageLimit(1_000, 201))).isEqualTo("3 and more");
    assertThat(sizes(new PageLimit(10, 500))).isEqualTo("5");
    assertThat(sizes(new PageLimit(1_000, 500))).isEqualTo("5");
    assertThat(sizes(new PageLimit(5, 1_000))).isEqualTo("5");
    assertThat(sizes(new PageLimit(4, 1_000))).isEqualTo("4 and more");
  }

  private String sizes(PageLimit limit) {
    Rows<Row> page =
        records.list(Scope.of("sizes"), SqlCondition.TRUE, Keyset.start(), limit, never());
    return page.rows().size() + (page.more() ? " and more" : "");
  }

  private List<String> paged(String parent, boolean descending) {
    Order order = new Order(SortKey.CREATE_TIME, descending);
    List<String> names = new ArrayList<>();
    Keyset keyset = new Keyset(order, null);
    Rows<Row> page;
    do {
      page =
          records.list(
              Scope.of(parent), SqlCondition.TRUE, keyset, new PageLimit(2, 1_000), never());
      page.rows().forEach(row -> names.add(row.name().toString()));
      if (page.more()) {
        Row last = page.rows().getLast();
        keyset = new Keyset(order, new Position(last.uid(), last.created()));
      }
    } while (page.more());
    return names;
  }

  private void log(String record, String type, String spec) {
    create(
        "ns/results/cascade/records/" + record, type, "{\"spec\":" + spec.replace('\'', '"') + "}");
  }

  private List<String> names(String parent, String result) {
    return records
        .list(
            new Scope(parent, result),
            SqlCondition.TRUE,
            Keyset.start(),
            new PageLimit(100, 100_000),
            never())
        .rows()
        .stream()
        .map(row -> row.name().toString())
        .toList();
  }

  private Row create(String text, String type, @org.jspecify.annotations.Nullable String json) {
    RecordName name = RecordName.parse(text);
    String uid;
    try {
      uid = results.get(name.result(), never()).uid();
    } catch (RequestException e) {
      uid = results.create(name.result(), NOTHING, never()).uid();
    }
    return records.create(name, uid, new Content(type, json), never());
  }

  private static Deadline never() {
    return Deadline.never();
  }
}

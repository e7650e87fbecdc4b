// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.adapter.auth.OpenGate;
import io.logbridge.adapter.auth.RequestHeaders;
import io.logbridge.adapter.auth.ResultsAccess;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.LogRecordStore;
import io.logbridge.adapter.record.RecordName;
import io.logbridge.adapter.record.RecordStore;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.adapter.results.LogRecordsService.Size;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.proto.v1alpha2.DeleteLogRequest;
import io.logbridge.proto.v1alpha2.ListRecordsRequest;
import io.logbridge.proto.v1alpha2.ListRecordsResponse;
import io.logbridge.proto.v1alpha2.Log;
import io.logbridge.proto.v1alpha2.Record;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(Lifecycle.PER_CLASS)
class LogRecordsServiceTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Call CALL = new Call(new NoHeaders(), Deadline.never());

  private final List<String> deleted = new ArrayList<>();
  private final List<String> measured = new ArrayList<>();
  private Database database;
  private RecordStore records;
  private LogRecordsService logs;

  private static final class NoHeaders implements RequestHeaders {
    @Override
    public Set<String> names() {
      return Set.of();
    }

    @Override
    public List<String> all(String name) {
      return List.of();
    }
  }

  @BeforeAll
  void open() {
    database = Database.open(TestDatabase.empty(true));
    records = new RecordStore(database, Clock.systemUTC());
    logs =
        new LogRecordsService(
            new LogRecordStore(database),
            records,
            new ResultsAccess(new OpenGate()),
            (log, _) -> deleted.add(log.toString()),
            (names, _) -> sizes(names),
            "Loki",
            Long.MAX_VALUE);
    taskRun("r", "a");
    taskRun("r", "b");
    taskRun("r", "c");
    store("r", "log-a", "results.tekton.dev/v1alpha3.Log", "{'spec':{'resource':{'uid':'a-uid'}}}");
    store(
        "r",
        "log-b",
        "results.tekton.dev/v1alpha2.TaskRunLog",
        "{'spec':{'taskRunRef':{'name':'b'}}}");
    store("r", "pipeline", "tekton.dev/v1.PipelineRun", "{'metadata':{'uid':'p'}}");
    store("r", "events", "results.tekton.dev/v1.EventList", "{}");
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void aResultsLogs_areItsLogRecords_andOneForEachTaskRunWithoutAny() {
    List<Record> found = list("ns/results/r", "created_time").getRecordsList();

    assertThat(found)
        .extracting(Record::getName)
        .containsExactlyInAnyOrder(
            "ns/results/r/logs/log-a", "ns/results/r/logs/log-b", "ns/results/r/logs/c");
    assertThat(found)
        .extracting(record -> data(record).at("/status/storage/type").asString())
        .containsOnly("Loki");
  }

  /** A log that nobody wrote has no size. */
  private List<Optional<Size>> sizes(List<RecordName> names) {
    names.forEach(name -> measured.add(name.record()));
    return names.stream()
        .map(name ->
            name.record().startsWith("log-")
                ? Optional.of(new Size(70_000, 3))
                : Optional.<Size>empty())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "records", "records.data.value", "records.data.value.status", "records.name"})
  void aList_measuresNoLog_unlessItIsAskedFor(String fields) {
    measured.clear();

    assertThat(sizesInList(fields)).containsOnly("0");
    assertThat(measured).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "records.data.value.status.size",
        "records.name,records.data.value.status.lines",
      })
  void aListThatIsAskedForSizes_hasThoseThatAreKnown(String fields) {
    measured.clear();

    assertThat(sizesInList(fields)).containsExactlyInAnyOrder("70000 3", "70000 3", "0");
    assertThat(measured).containsExactlyInAnyOrder("log-a", "log-b", "c");
  }

  private List<String> sizesInList(String fields) {
    List<String> masks = fields.isEmpty() ? List.of() : List.of(fields);
    return logs
        .listLogs(
            ListRecordsRequest.newBuilder().setParent("ns/results/r").build(),
            new Call(new NoHeaders(), Deadline.never(), masks))
        .getRecordsList()
        .stream()
        .map(record -> data(record).path("status"))
        .map(status ->
            (status.path("size").asString() + " " + status.path("lines").asString("")).strip())
        .toList();
  }

  @Test
  void aTaskRunOfTheOlderType_hasALogToo() {
    TestDatabase.record(
        database,
        "old/results/r/records/run",
        "pipeline.tekton.dev/TaskRun",
        "{\"metadata\":{\"name\":\"run\",\"namespace\":\"old\",\"uid\":\"run-uid\"}}");

    assertThat(list("old/results/r", "").getRecordsList())
        .extracting(Record::getName)
        .containsExactly("old/results/r/logs/run");
  }

  @Test
  void aTaskRunWhoseNamespaceIsNoText_hasALogWithoutOne() {
    String deep = "{\"a\":".repeat(600) + "1" + "}".repeat(600);
    TestDatabase.record(
        database,
        "deep/results/r/records/run",
        "tekton.dev/v1.TaskRun",
        "{\"metadata\":{\"name\":\"run\",\"namespace\":" + deep + ",\"uid\":\"run-uid\"}}");

    assertThat(list("deep/results/r", "").getRecordsList())
        .extracting(record -> data(record).path("spec").path("resource"))
        .containsExactly(
            JSON.readTree("{\"kind\":\"TaskRun\",\"name\":\"run\",\"uid\":\"run-uid\"}"));
  }

  @Test
  void theLogThatNobodyWrote_namesItsRun() {
    Record made =
        list("ns/results/r", "").getRecordsList().stream()
            .filter(record -> record.getName().endsWith("/c"))
            .findFirst()
            .orElseThrow();

    assertThat(made.getData().getType()).isEqualTo("results.tekton.dev/v1alpha3.Log");
    assertThat(data(made))
        .isEqualTo(
            JSON.readTree(
                """
                {"kind":"Log","apiVersion":"results.tekton.dev/v1alpha3",
                 "metadata":{"name":"c-log","namespace":"ns","creationTimestamp":null},
                 "spec":{"resource":{"kind":"TaskRun","namespace":"ns","name":"c","uid":"c-uid"},
                         "type":"Loki"},
                 "status":{"size":0,"isStored":true,"logForwarder":"External",
                           "storage":{"type":"Loki"},"errorOnStoreMsg":"","isRetryableErr":false}}
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data.spec.resource.name == \"c\"|ns/results/r/logs/c",
        "data_type == \"results.tekton.dev/v1alpha2.TaskRunLog\"|ns/results/r/logs/log-b",
        "data.spec.resource.uid == \"a-uid\" && name == \"log-a\"|ns/results/r/logs/log-a",
      })
  void filters_workOnBothKinds(String filter, String name) {
    ListRecordsRequest request =
        ListRecordsRequest.newBuilder().setParent("ns/results/r").setFilter(filter).build();

    assertThat(logs.listLogs(request, CALL).getRecordsList())
        .extracting(Record::getName)
        .containsExactly(name);
  }

  @Test
  void pages_meetEveryLogOnce() {
    List<String> names = new ArrayList<>();
    String token = "";
    do {
      ListRecordsResponse page =
          logs.listLogs(
              ListRecordsRequest.newBuilder()
                  .setParent("ns/results/-")
                  .setOrderBy("created_time desc, updated_time ASC")
                  .setPageSize(1)
                  .setPageToken(token)
                  .build(),
              CALL);
      page.getRecordsList().forEach(record -> names.add(record.getName()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(names)
        .containsExactlyInAnyOrder(
            "ns/results/r/logs/log-a", "ns/results/r/logs/log-b", "ns/results/r/logs/c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|0|''|''|Parent missing",
        "ns/results/BAD|0|''|''|Invalid Name",
        "ns/results/r|-1|''|''|PageSize should be greater than 0",
        "ns/results/r|0|create_time|''|order by create_time not supported",
        "ns/results/r|0|created_time up|''|invalid sort direction \"up\"",
        "ns/results/r|0|created_time desc x|''|invalid order_by \"created_time desc x\"",
        "ns/results/r|0|''|!!|invalid PageToken: illegal base64 data at input byte 0",
      })
  void listsThatAreNotRight_areRefused(
      String parent, int size, String order, String token, String message) {
    assertThatThrownBy(() ->
            logs.listLogs(
                ListRecordsRequest.newBuilder()
                    .setParent(parent)
                    .setPageSize(size)
                    .setOrderBy(order)
                    .setPageToken(token)
                    .build(),
                CALL))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID_ARGUMENT))
        .hasMessage(message);
  }

  @Test
  void aLogThatIsPushed_isRefusedAndToldWhy() {
    assertThatThrownBy(() -> push("ns/results/r/logs/log-a"))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.FAILED_PRECONDITION))
        .hasMessage(
            "ns/results/r/logs/log-a: logs cannot be pushed to this server (expected: a forwarder"
                + " brings them into the log store, as logForwarder: External says)");
    assertThatThrownBy(() -> push("ns/results/r/logs/none")).hasMessage("record not found");
    assertThatThrownBy(() -> push("x")).hasMessageStartingWith("name must match ");
  }

  private void push(String name) {
    logs.updateLog(Log.newBuilder().setName(name).build(), CALL);
  }

  @Test
  void deletingALog_deletesItsLinesAndThenItsRecord() {
    store("gone", "log", "results.tekton.dev/v1alpha3.Log", "{}");

    delete(logs, "ns/results/gone/logs/log");

    assertThat(deleted).containsExactly("ns/results/gone/records/log");
    assertThatThrownBy(() -> delete(logs, "ns/results/gone/logs/log"))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_FOUND))
        .hasMessage("record not found");
  }

  @Test
  void ifTheLinesCannotBeDeleted_theRecordStays() {
    store("stays", "log", "results.tekton.dev/v1alpha3.Log", "{}");
    LogRecordsService failing =
        new LogRecordsService(
            new LogRecordStore(database),
            records,
            new ResultsAccess(new OpenGate()),
            (_, _) -> {
              throw new LogBackendException(Reason.UNAVAILABLE, "down");
            },
            (names, _) -> sizes(names),
            "Loki",
            Long.MAX_VALUE);

    assertThatThrownBy(() -> delete(failing, "ns/results/stays/logs/log")).hasMessage("down");
    assertThat(
            records.get(RecordName.parse("ns/results/stays/records/log"), Deadline.never()).uid())
        .isEqualTo("id-log");
  }

  @Test
  void theRecordOfARun_isNotDeletedAsALog() {
    assertThatThrownBy(() -> delete(logs, "ns/results/r/logs/a"))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.FAILED_PRECONDITION))
        .hasMessage(
            "ns/results/r/logs/a is the record of a tekton.dev/v1.TaskRun (expected: that of a"
                + " Log)");
  }

  private static void delete(LogRecordsService service, String name) {
    service.deleteLog(DeleteLogRequest.newBuilder().setName(name).build(), CALL);
  }

  private ListRecordsResponse list(String parent, String order) {
    return logs.listLogs(
        ListRecordsRequest.newBuilder().setParent(parent).setOrderBy(order).build(), CALL);
  }

  private static JsonNode data(Record record) {
    return JSON.readTree(record.getData().getValue().toStringUtf8());
  }

  private void taskRun(String result, String name) {
    store(
        result,
        name,
        "tekton.dev/v1.TaskRun",
        "{'metadata':{'name':'%s','namespace':'ns','uid':'%s-uid'}}".formatted(name, name));
  }

  private void store(String result, String record, String type, String json) {
    TestDatabase.record(
        database, "ns/results/" + result + "/records/" + record, type, json.replace('\'', '"'));
  }
}

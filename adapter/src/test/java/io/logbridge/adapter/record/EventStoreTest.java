// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.Deadline;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class EventStoreTest {

  private static final String EVENT_LIST = "results.tekton.dev/v1.EventList";

  private Database database;
  private EventStore events;
  private RunStore runs;

  @BeforeAll
  void open() {
    database = Database.open(TestDatabase.empty(true));
    events = new EventStore(database);
    runs = new RunStore(database);
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void theListThatTheRunsAnnotationNames_isReadInTheOrderOfTime() {
    run(
        "annotated",
        "run",
        "'annotations':{'results.tekton.dev/eventlist':'ns/results/annotated/records/e'},");
    list(
        "annotated",
        "e",
        event(
            "run",
            "Pod",
            "run-pod",
            "'type':'Warning','reason':'Failed','message':'Error: ImagePullBackOff',"
                + "'firstTimestamp':'2026-08-20T10:00:00Z','lastTimestamp':'2026-08-20T10:05:00Z'"),
        event(
            "run",
            "TaskRun",
            "run",
            "'type':'Normal','reason':'Started','message':'',"
                + "'eventTime':'2026-08-20T10:00:01.000002Z','lastTimestamp':null"));
    list("annotated", "other", event("other", "Pod", "other-pod", "'reason':'Nothing'"));

    List<RunEvent> found = find("annotated", "run");

    assertThat(found).extracting(RunEvent::reason).containsExactly("Started", "Failed");
    RunEvent failed = found.getLast();
    assertThat(failed.time()).isEqualTo("2026-08-20T10:05:00Z");
    assertThat(failed.type()).isEqualTo("Warning");
    assertThat(failed.kind()).isEqualTo("Pod");
    assertThat(failed.name()).isEqualTo("run-pod");
    assertThat(failed.message()).isEqualTo("Error: ImagePullBackOff");
    assertThat(failed.object().path("involvedObject").path("uid").asString()).isEqualTo("run");
    assertThat(found.getFirst().time()).isEqualTo(Instant.parse("2026-08-20T10:00:01.000002Z"));
  }

  @Test
  void aListWithADeepEvent_isReadAsOthersAre() {
    run(
        "deep",
        "run",
        "'annotations':{'results.tekton.dev/eventlist':'ns/results/deep/records/e'},");
    list(
        "deep",
        "e",
        event(
            "run", "Pod", "run-pod", "'reason':'Failed','x':" + "[".repeat(600) + "]".repeat(600)));

    assertThat(find("deep", "run")).extracting(RunEvent::reason).containsExactly("Failed");
  }

  @Test
  void theListThatHasTheWatchersName_isFoundWithoutAnAnnotation() {
    String resultUid = "ebdb3607-c2ba-4219-b182-4404ded76c75";
    run("derived", "run", "");
    list(
        "derived",
        Dependents.derivedName(resultUid, "run"),
        event("else", "Pod", "p", "'reason':'Here'"));
    list("derived", "other", event("run", "Pod", "run-pod", "'reason':'There'"));
    TestDatabase.execute(database, "UPDATE results SET id = ? WHERE name = 'derived'", resultUid);

    assertThat(find("derived", "run")).extracting(RunEvent::reason).containsExactly("Here");
  }

  @Test
  void otherwise_theResultsListsAreSearchedForTheRunAndItsPods() {
    run("listed", "run", "");
    list(
        "listed",
        "a",
        event("run", "TaskRun", "run", "'reason':'1'"),
        event("another", "TaskRun", "another", "'reason':'2'"));
    list(
        "listed",
        "b",
        event("pod-uid", "Pod", "run-pod", "'reason':'3'"),
        event("pod-uid", "Pod", "another-pod", "'reason':'4'"));

    assertThat(find("listed", "run"))
        .extracting(RunEvent::reason)
        .containsExactlyInAnyOrder("1", "3");
  }

  @Test
  void withoutLists_thereAreNoEvents() {
    run("none", "run", "");
    TestDatabase.record(database, "ns/results/none/records/e", EVENT_LIST, "{\"items\":null}");

    assertThat(find("none", "run")).isEmpty();
  }

  private List<RunEvent> find(String result, String uid) {
    LogName name = new LogName("ns", result, uid);
    return events.of(name, runs.find(name, Deadline.never()), Deadline.never());
  }

  private void run(String result, String uid, String annotations) {
    TestDatabase.record(
        database,
        "ns/results/" + result + "/records/" + uid,
        "tekton.dev/v1.TaskRun",
        "{'metadata':{%s'name':'run','namespace':'ns','uid':'%s'},'status':{'podName':'run-pod'}}"
            .formatted(annotations, uid)
            .replace('\'', '"'));
  }

  private void list(String result, String name, String... items) {
    TestDatabase.record(
        database,
        "ns/results/" + result + "/records/" + name,
        EVENT_LIST,
        "{\"metadata\":{},\"items\":[" + String.join(",", items).replace('\'', '"') + "]}");
  }

  private static String event(String uid, String kind, String name, String fields) {
    return "{'metadata':{'creationTimestamp':'2026-08-20T10:00:00Z'},'involvedObject':{'uid':'%s','kind':'%s','name':'%s'},%s}"
        .formatted(uid, kind, name, fields);
  }
}

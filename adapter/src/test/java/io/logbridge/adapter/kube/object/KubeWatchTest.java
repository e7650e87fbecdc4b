// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import static io.logbridge.adapter.kube.object.Archive.EVENT_LIST;
import static io.logbridge.adapter.kube.object.Archive.PIPELINE_RUN;
import static io.logbridge.adapter.kube.object.Archive.TASK_RUN;
import static io.logbridge.adapter.kube.object.KubeResource.EVENTS;
import static io.logbridge.adapter.kube.object.KubeResource.NAMESPACES;
import static io.logbridge.adapter.kube.object.KubeResource.PIPELINES;
import static io.logbridge.adapter.kube.object.KubeResource.PODS;
import static io.logbridge.adapter.kube.object.KubeResource.TASKRUNS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.logbridge.adapter.kube.object.Presentation.Include;
import io.logbridge.adapter.record.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class KubeWatchTest {

  private Archive archive;

  @BeforeEach
  void open() {
    archive = new Archive();
  }

  @AfterEach
  void close() {
    archive.close();
  }

  @Test
  void watchFromTheVersionOfAList_tellsWhatIsNewSinceThen() {
    archive.add("ci", TASK_RUN, run("old", "Running"));
    archive.add("ci", TASK_RUN, run("untouched", "Running"));

    try (Watching watching = watch(TASKRUNS, "ci", "", "", version(TASKRUNS))) {
      archive.addNow("ci", TASK_RUN, run("new", "Running"));
      archive.addNow("ops", TASK_RUN, run("elsewhere", "Running"));
      watching.expect("ADDED new");
      archive.update("ci", "old", run("old", "Completed"));
      watching.expect("ADDED new", "MODIFIED old");
      archive.update("ci", "new", run("new", "Completed"));
      watching.expect("ADDED new", "MODIFIED old", "MODIFIED new");
    }
  }

  @Test
  void watchWithoutAVersion_tellsFirstWhatThereIs() {
    archive.add("ci", TASK_RUN, run("one", "Running"));
    archive.add("ci", TASK_RUN, run("two", "Running"));

    for (String version : List.of("", "0")) {
      try (Watching watching = watch(TASKRUNS, "ci", "", "", version)) {
        watching.expect("ADDED one", "ADDED two");
        archive.update("ci", "two", run("two", "Completed" + version));
        watching.expect("ADDED one", "ADDED two", "MODIFIED two");
      }
    }
  }

  @Test
  void watchTellsOnlyWhatIsSelected_andWhatIsNoLonger() {
    String version = version(PODS);
    try (Watching watching = watch(PODS, "ci", "app=web", "status.phase=Running", version)) {
      archive.addNow("ci", TASK_RUN, pod("web", "web", "Unknown"));
      archive.addNow("ci", TASK_RUN, pod("db", "db", "Unknown"));
      watching.expect("ADDED web-pod");
      archive.update("ci", "web", pod("web", "web", "True"));
      watching.expect("ADDED web-pod", "DELETED web-pod");
    }
  }

  @Test
  void deletionIsTold_ofWhatWasShown() {
    archive.add("ci", TASK_RUN, run("kept", "Running"));
    archive.add("ci", TASK_RUN, run("gone", "Running"));

    try (Watching watching = watch(TASKRUNS, "ci", "", "", "")) {
      watching.expect("ADDED kept", "ADDED gone");
      archive.delete("ci", "gone");
      watching.expect("ADDED kept", "ADDED gone", "DELETED gone");
      assertThat(watching.events().getLast().path("object").path("metadata").path("uid"))
          .isEqualTo(Archive.json("'uid-gone'"));
    }
  }

  /** As kubectl wait --for=delete asks. */
  @Test
  void deletionIsTold_ofWhatIsWatchedByName() {
    archive.add("ci", TASK_RUN, run("gone", "Running"));

    String version = version(TASKRUNS);
    try (Watching watching = watch(TASKRUNS, "ci", "", "metadata.name=gone", version)) {
      watching.awaitHeartbeat();
      archive.delete("ci", "gone");
      watching.expect("DELETED gone");
    }
  }

  @Test
  void initialEventsEndWithABookmark() {
    archive.add("ci", TASK_RUN, run("one", "Running"));
    WatchOptions options = new WatchOptions("", "", "", true, true, Duration.ofMinutes(5));

    try (Watching watching =
        Watching.begin(archive, TASKRUNS, "ci", options, Presentation.OBJECTS)) {
      watching.awaitEvents(3);
      assertThat(watching.events().get(0).path("type").stringValue()).isEqualTo("ADDED");
      JsonNode bookmark = watching.events().get(1);
      assertThat(bookmark.path("type").stringValue()).isEqualTo("BOOKMARK");
      assertThat(bookmark.path("object").path("kind").stringValue()).isEqualTo("TaskRun");
      assertThat(bookmark.path("object").path("metadata").path("annotations"))
          .isEqualTo(Archive.json("{'k8s.io/initial-events-end':'true'}"));
      assertThat(watching.events().get(2).path("type").stringValue()).isEqualTo("BOOKMARK");
      assertThat(watching.events().get(2).path("object").path("metadata").has("annotations"))
          .isFalse();
    }
  }

  @Test
  void eventsOfATableAreTables() {
    archive.add("ci", TASK_RUN, run("one", "Running"));
    WatchOptions options = new WatchOptions("", "", "", false, false, Duration.ofMinutes(5));
    Presentation table = new Presentation.Table("v1", Include.METADATA);

    try (Watching watching = Watching.begin(archive, TASKRUNS, "ci", options, table)) {
      watching.awaitEvents(1);
      JsonNode object = watching.events().getFirst().path("object");
      assertThat(object.path("kind").stringValue()).isEqualTo("Table");
      assertThat(object.path("rows").path(0).path("cells").path(0).stringValue()).isEqualTo("one");
    }
  }

  @Test
  void eventsNamespacesAndPipelinesCanBeWatchedToo() {
    archive.add("ci", TASK_RUN, run("one", "Running"));
    String version = version(EVENTS);
    try (Watching events = watch(EVENTS, null, "", "", version);
        Watching namespaces = watch(NAMESPACES, null, "", "", "");
        Watching pipelines = watch(PIPELINES, null, "", "", version)) {
      namespaces.expect("ADDED ci");
      archive.addNow("ops", EVENT_LIST, "{'items':[{'metadata':{'name':'started'}}]}");
      events.expect("ADDED started");
      namespaces.expect("ADDED ci", "ADDED ops");
      archive.addNow(
          "ci",
          PIPELINE_RUN,
          "{'metadata':{'name':'r'},'spec':{'pipelineRef':{'name':'p'}},'status':{'pipelineSpec':{}}}");
      pipelines.expect("ADDED p");
    }
  }

  @Test
  void changesBeforeTheVersion_areNotToldAgain() {
    archive.add("ci", TASK_RUN, run("old", "Running"));
    archive.addNow("ci", TASK_RUN, run("young", "Running"));
    TestDatabase.execute(
        archive.database(),
        "UPDATE records SET updated_time = clock_timestamp() - interval '3 s'"
            + " WHERE updated_time > clock_timestamp() - interval '1 h'");
    String version = version(TASKRUNS);

    try (Watching watching = watch(TASKRUNS, "ci", "", "", version)) {
      watching.awaitHeartbeat();
      assertThat(watching.summary()).isEmpty();
    }
  }

  @Test
  void watchEnds_whenItsTimeIsUp() {
    WatchOptions options = new WatchOptions("", "", "", false, false, Duration.ofMillis(1));

    try (Watching watching =
        Watching.begin(archive, TASKRUNS, "ci", options, Presentation.OBJECTS)) {
      watching.awaitEnd();
    }
  }

  @Test
  void closedWatch_endsAndLeavesTheDatabaseAlone() {
    Watching first = watch(TASKRUNS, "ci", "", "", "");
    Watching second = watch(TASKRUNS, "ci", "", "", "");
    first.awaitHeartbeat();
    second.awaitHeartbeat();
    await()
        .atMost(Watching.PATIENCE)
        .untilAsserted(() -> assertThat(archive.timer().waiting()).isEqualTo(1));

    first.close();
    assertThat(archive.timer().waiting()).isEqualTo(1);
    second.close();

    await()
        .atMost(Watching.PATIENCE)
        .untilAsserted(() -> assertThat(archive.timer().waiting()).isZero());
  }

  @Test
  void waitingWatchesHoldNoConnection() {
    Watching[] watching = new Watching[12]; // three times as many as there are connections
    for (int i = 0; i < watching.length; i++) {
      watching[i] = watch(TASKRUNS, "ci", "", "", "");
      watching[i].awaitHeartbeat();
    }

    TestDatabase.execute(archive.database(), "SELECT 1");
    for (Watching each : watching) {
      each.close();
    }
  }

  @Test
  void versionThatIsNotOurs_isRefused() {
    assertThatThrownBy(() -> watch(TASKRUNS, "ci", "", "", "abc"))
        .hasMessage("resourceVersion: Invalid value: \"abc\": not one of this server's");
    assertThatThrownBy(() -> watch(TASKRUNS, "ci", "a b", "", ""))
        .hasMessageStartingWith("unable to parse requirement: ");
  }

  private Watching watch(
      KubeResource resource, String namespace, String labels, String fields, String version) {
    WatchOptions options =
        new WatchOptions(labels, fields, version, false, false, Duration.ofMinutes(5));
    return Watching.begin(archive, resource, namespace, options, Presentation.OBJECTS);
  }

  /** The version of a list of today; what tests archive before it is of 2026-08-20. */
  private String version(KubeResource resource) {
    return archive
        .list(resource, null, ListOptions.ALL)
        .path("metadata")
        .path("resourceVersion")
        .stringValue();
  }

  private static String run(String name, String reason) {
    return "{'metadata':{'name':'%s','uid':'uid-%s'},'status':{'conditions':[{'reason':'%s'}]}}"
        .formatted(name, name, reason);
  }

  private static String pod(String name, String app, String succeeded) {
    return """
    {'metadata':{'name':'%s','labels':{'app':'%s'}},
     'status':{'podName':'%s-pod','conditions':[{'type':'Succeeded','status':'%s'}]}}
    """
        .formatted(name, app, name, succeeded);
  }
}

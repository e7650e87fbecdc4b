// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.record.Run.Attempt;
import io.logbridge.adapter.record.Run.Child;
import io.logbridge.adapter.record.Run.Container;
import io.logbridge.adapter.record.Run.PipelineRun;
import io.logbridge.adapter.record.Run.TaskRun;
import io.logbridge.backend.Deadline;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class RunStoreTest {

  private static final String V1_TASK_RUN = "tekton.dev/v1.TaskRun";

  private Database database;
  private RunStore runs;

  @BeforeAll
  void fill() {
    database = Database.open(TestDatabase.empty(true));
    runs = new RunStore(database);
    store("run-1", V1_TASK_RUN, taskRun("hello", "run-1-uid", "hello-pod"));
    store(
        "log-1",
        "results.tekton.dev/v1alpha3.Log",
        "{'kind':'Log','spec':{'resource':{'kind':'TaskRun','uid':'run-1'}}}");
    store(
        "log-2",
        "results.tekton.dev/v1alpha2.Log",
        "{'kind':'Log','spec':{'resource':{'kind':'TaskRun','uid':'run-1-uid'}}}");
    store(
        "log-3",
        "results.tekton.dev/v1alpha3.TaskRunLog",
        "{'kind':'TaskRunLog','spec':{'taskRunRef':{'name':'hello'}}}");
    store(
        "log-4",
        "results.tekton.dev/v1alpha3.Log",
        "{'kind':'Log','spec':{'resource':{'kind':'TaskRun','uid':'deleted'}}}");
    store(
        "log-5",
        "results.tekton.dev/v1alpha2.TaskRunLog",
        "{'kind':'TaskRunLog','spec':{'recordName':'ns/results/r/records/run-1'}}");
    store(
        "log-6",
        "results.tekton.dev/v1alpha2.TaskRunLog",
        "{'kind':'TaskRunLog','spec':{'recordName':'other/results/r/records/run-1'}}");
    store(
        "log-7",
        "results.tekton.dev/v1alpha2.TaskRunLog",
        "{'kind':'TaskRunLog','spec':{'recordName':'ns/results/r/records/gone'}}");
    store("events", "results.tekton.dev/v1.EventList", "{'items':[]}");
    store(
        "elsewhere",
        V1_TASK_RUN,
        "{'metadata':{'name':'x','namespace':'kube-system','uid':'u'},'status':{'podName':'p'}}");
  }

  @AfterAll
  void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run-1", "id-run-1", "run-1-uid", "log-1", "log-2", "log-3"})
  void runIsFoundByItsRecordItsUidsAndItsLogRecords(String uid) {
    assertThat(find(uid).name()).isEqualTo("hello");
  }

  @ParameterizedTest
  @CsvSource({
    "nothing,record not found: ns/results/r/logs/nothing",
    "log-4,record not found: ns/results/r/logs/log-4: its Log names the run deleted",
    "log-7,record not found: ns/results/r/logs/log-7: its Log names the record ns/results/r/records/gone",
  })
  void unknownRun_isNotFound(String uid, String message) {
    assertThatThrownBy(() -> find(uid))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_FOUND))
        .hasMessage(message);
  }

  @Test
  void runOfAnotherResultOrParent_isNotFound() {
    assertThatThrownBy(() -> runs.find(LogName.parse("ns/results/other/logs/run-1"), never()))
        .isInstanceOf(RequestException.class);
    assertThatThrownBy(() -> runs.find(LogName.parse("other/results/r/logs/run-1"), never()))
        .isInstanceOf(RequestException.class);
  }

  @Test
  void recordThatIsNoRun_isRefusedWithItsType() {
    assertThatThrownBy(() -> find("events"))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.FAILED_PRECONDITION))
        .hasMessage(
            "ns/results/r/logs/events is the record of a results.tekton.dev/v1.EventList, which has"
                + " no log (expected: a TaskRun, a PipelineRun or a Log)");
  }

  @Test
  void recordThatLeadsOutOfItsParent_isRefused() {
    assertThatThrownBy(() -> find("elsewhere"))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.FAILED_PRECONDITION));
  }

  @Test
  void recordNameThatLeadsOutOfItsResult_isRefused() {
    assertThatThrownBy(() -> find("log-6"))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.FAILED_PRECONDITION))
        .hasMessage(
            "ns/results/r/logs/log-6 names the record \"other/results/r/records/run-1\" (expected:"
                + " one of ns/results/r)");
  }

  @Test
  void taskRun_hasItsRetriesFirstThenItself() {
    store(
        "retried",
        V1_TASK_RUN,
        """
        {'metadata':{'name':'flaky','namespace':'ns','uid':'u-flaky',
                     'labels':{'tekton.dev/pipelineTask':'it'}},
         'status':{
           'podName':'flaky-pod-retry1','startTime':'2026-08-20T10:05:00Z',
           'completionTime':'2026-08-20T10:06:00Z',
           'conditions':[{'type':'Succeeded','reason':'Failed','message':'exit 1'}],
           'steps':[{'name':'a','container':'step-a'},{'name':'b'}],
           'sidecars':[{'name':'db','container':'sidecar-db'}],
           'retriesStatus':[
             {'podName':'flaky-pod','startTime':'2026-08-20T10:00:00Z',
              'completionTime':'2026-08-20T10:01:00Z','steps':[{'name':'a','container':'step-a'}]},
             {'conditions':[{'type':'Succeeded','reason':'TaskRunImagePullFailed'}]}]}}
        """);

    assertThat(find("retried"))
        .isEqualTo(
            new TaskRun(
                "flaky",
                "ns",
                "u-flaky",
                "it",
                Instant.parse("2026-08-20T10:05:00Z"),
                Instant.parse("2026-08-20T10:06:00Z"),
                "Failed: exit 1",
                List.of(
                    new Attempt(
                        "flaky-pod",
                        Instant.parse("2026-08-20T10:00:00Z"),
                        Instant.parse("2026-08-20T10:01:00Z"),
                        List.of(new Container("step-a", "a"))),
                    new Attempt(
                        "flaky-pod-retry1",
                        Instant.parse("2026-08-20T10:05:00Z"),
                        Instant.parse("2026-08-20T10:06:00Z"),
                        List.of(
                            new Container("step-a", "a"),
                            new Container("step-b", "b"),
                            new Container("sidecar-db", "db")))),
                List.of()));
  }

  @Test
  void pipelineRun_hasItsTaskRunsInStartOrderHoweverTheyAreBoundToIt() {
    store(
        "pr",
        "tekton.dev/v1.PipelineRun",
        """
        {'metadata':{'name':'release','namespace':'ns','uid':'pr-uid'},
         'status':{'completionTime':'2026-08-20T11:00:00Z',
           'childReferences':[
             {'kind':'TaskRun','name':'release-test','pipelineTaskName':'test'},
             {'kind':'CustomRun','name':'release-approve','pipelineTaskName':'approve'}]}}
        """);
    store("t3", "tekton.dev/v1beta1.TaskRun", child("release-test", "2026-08-20T10:30:00Z", ""));
    store(
        "t1",
        V1_TASK_RUN,
        child(
            "release-lint",
            "2026-08-20T10:10:00Z",
            ",'labels':{'tekton.dev/pipelineRunUID':'pr-uid'}"));
    store(
        "t2",
        V1_TASK_RUN,
        child("release-build", "2026-08-20T10:20:00Z", ",'ownerReferences':[{'uid':'pr-uid'}]"));
    store(
        "t4",
        V1_TASK_RUN,
        child("other-run", "2026-08-20T10:15:00Z", ",'ownerReferences':[{'uid':'another'}]"));

    PipelineRun run = (PipelineRun) find("pr");

    assertThat(run.children()).containsExactly(new Child("release-test", "test"));
    assertThat(runs.taskRuns(LogName.parse("ns/results/r/logs/pr"), run, never()))
        .extracting(TaskRun::name)
        .containsExactly("release-lint", "release-build", "release-test");
  }

  private Run find(String uid) {
    return runs.find(LogName.parse("ns/results/r/logs/" + uid), never());
  }

  private static Deadline never() {
    return Deadline.never();
  }

  private void store(String name, String type, String json) {
    TestDatabase.record(database, "ns/results/r/records/" + name, type, json.replace('\'', '"'));
  }

  private static String taskRun(String name, String uid, String pod) {
    return "{'metadata':{'name':'%s','namespace':'ns','uid':'%s'},'status':{'podName':'%s'}}"
        .formatted(name, uid, pod);
  }

  private static String child(String name, String start, String metadata) {
    return "{'metadata':{'name':'%s','namespace':'ns','uid':'u-%s'%s},'status':{'podName':'p','startTime':'%s'}}"
        .formatted(name, name, metadata, start);
  }
}

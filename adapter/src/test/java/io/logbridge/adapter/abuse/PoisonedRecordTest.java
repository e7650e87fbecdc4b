// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.abuse;

import static io.logbridge.adapter.abuse.AttackedServer.outcome;
import static io.logbridge.adapter.abuse.Laboratory.FOREIGN_UID;
import static io.logbridge.adapter.abuse.Target.FOREIGN;
import static io.logbridge.adapter.abuse.Target.MINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.adapter.abuse.Target.Scope;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.proto.v1alpha2.DeleteRecordRequest;
import io.logbridge.proto.v1alpha2.ListRecordsRequest;
import io.logbridge.proto.v1alpha2.ResultsGrpc;
import io.logbridge.proto.v1alpha3.GetLogRequest;
import io.logbridge.proto.v1alpha3.LogsGrpc;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whoever may write records chooses what is in them: every value of a run that is looked at on the
 * way to its log is an attack in one of them.
 */
@Timeout(300)
@TestInstance(Lifecycle.PER_CLASS)
class PoisonedRecordTest {

  private static final JsonMapper JSON = new JsonMapper();

  /** What an attacker puts into a run, as pointers into its JSON. */
  private static final List<String> OF_TASK_RUNS =
      List.of(
          "/metadata/name",
          "/metadata/namespace",
          "/metadata/uid",
          "/metadata/labels/tekton.dev~1pipelineRun",
          "/metadata/labels/tekton.dev~1pipelineRunUID",
          "/metadata/labels/tekton.dev~1pipelineTask",
          "/metadata/annotations/results.tekton.dev~1eventlist",
          "/metadata/ownerReferences/0/uid",
          "/status/podName",
          "/status/retriesStatus/0/podName",
          "/status/steps/0/name",
          "/status/steps/0/container",
          "/status/sidecars/0/name",
          "/status/sidecars/0/container",
          "/status/startTime",
          "/status/completionTime");

  /** Those of them that a query is made of. */
  private static final Set<String> ASKED_FOR =
      Set.of(
          "/status/podName",
          "/status/retriesStatus/0/podName",
          "/status/steps/0/container",
          "/status/sidecars/0/container");

  private static final List<String> OF_PIPELINE_RUNS =
      List.of(
          "/metadata/namespace",
          "/metadata/uid",
          "/metadata/annotations/results.tekton.dev~1eventlist",
          "/status/childReferences/0/name",
          "/status/childReferences/0/pipelineTaskName");

  private static final List<String> OF_LOGS =
      List.of(
          "/spec/resource/uid",
          "/spec/resource/name",
          "/spec/resource/namespace",
          "/spec/recordName",
          "/spec/taskRunRef/uid",
          "/spec/taskRunRef/name",
          "/spec/taskRunRef/namespace");

  /** Besides the texts that break out of something, those that are somebody's. */
  private static final List<String> NAMES_OF_OTHERS =
      List.of(
          FOREIGN_UID,
          "run",
          "run-pod",
          "other/run-pod",
          "other/results/r/records/run",
          "mine/results/r/records/../../../../other/results/r/records/run",
          "other/results/r/records/events",
          "mine/results/poisoned/records/../../../other/results/r/records/events");

  private final Laboratory laboratory = new Laboratory();
  private final List<String> logs = new ArrayList<>();
  private final List<String> askedFor = new ArrayList<>();
  private final Set<String> pods = new LinkedHashSet<>();

  @BeforeAll
  void poison() {
    List<String> values = new ArrayList<>(Attacks.CORPUS);
    values.addAll(NAMES_OF_OTHERS);
    // PostgreSQL's JSON has no NUL, and its indexes no text of such a length.
    values.removeIf(value -> value.indexOf('\0') >= 0 || value.length() > 2_000);
    try (Database open = Database.open(laboratory.database)) {
      for (String value : values) {
        OF_TASK_RUNS.forEach(
            field -> record(open, "tekton.dev/v1.TaskRun", taskRun(), field, value));
        OF_PIPELINE_RUNS.forEach(
            field -> record(open, "tekton.dev/v1.PipelineRun", pipelineRun(), field, value));
        OF_LOGS.forEach(
            field -> record(open, "results.tekton.dev/v1alpha3.Log", log(), field, value));
        pods.add(value);
      }
    }
  }

  @AfterAll
  void close() throws Exception {
    laboratory.close();
  }

  private void record(
      Database database, String type, ObjectNode document, String field, String value) {
    String name = "poisoned-" + logs.size();
    ObjectNode parent = (ObjectNode) document.at(field.substring(0, field.lastIndexOf('/')));
    parent.put(field.substring(field.lastIndexOf('/') + 1).replace("~1", "/"), value);
    TestDatabase.record(
        database, "mine/results/poisoned/records/" + name, type, document.toString());
    logs.add("mine/results/poisoned/logs/" + name);
    if (ASKED_FOR.contains(field)) {
      askedFor.add(logs.getLast());
    }
  }

  private static ObjectNode taskRun() {
    return json(
        """
        {"kind":"TaskRun","apiVersion":"tekton.dev/v1",
         "metadata":{"name":"p","namespace":"mine","uid":"p-uid","labels":{},"annotations":{},
           "ownerReferences":[{"uid":"x"}]},
         "status":{"podName":"run-pod","startTime":"2026-08-20T10:00:00Z",
           "completionTime":"2026-08-20T10:01:00Z",
           "retriesStatus":[{"podName":"run-pod","startTime":"2026-08-20T10:00:00Z",
             "steps":[{"name":"build","container":"step-build"}]}],
           "steps":[{"name":"build","container":"step-build"}],
           "sidecars":[{"name":"build","container":"step-build"}]}}
        """);
  }

  private static ObjectNode pipelineRun() {
    return json(
        """
        {"kind":"PipelineRun","apiVersion":"tekton.dev/v1",
         "metadata":{"name":"p","namespace":"mine","uid":"p-uid","annotations":{}},
         "status":{"completionTime":"2026-08-20T10:01:00Z",
           "childReferences":[{"kind":"TaskRun","name":"x","pipelineTaskName":"x"}]}}
        """);
  }

  private static ObjectNode log() {
    return json("{\"kind\":\"Log\",\"spec\":{\"resource\":{},\"taskRunRef\":{}}}");
  }

  private static ObjectNode json(String text) {
    JsonNode read = JSON.readTree(text);
    return (ObjectNode) read;
  }

  @Test
  void whateverValueIsPoisoned_theLogIsOfTheNamespaceThatIsAskedFor() {
    read(laboratory.server(Targets.LOKI_LABELS), logs);
  }

  @ParameterizedTest
  @EnumSource
  void valuesThatAQueryIsMadeOf_areAskedForInThatNamespaceOnly(Targets store) {
    Set<Scope> asked = read(laboratory.server(store), askedFor);

    // Names that are well-formed are asked for, since the run may have had such a pod.
    assertThat(asked)
        .contains(
            new Scope(MINE, "run-pod", "step-build"),
            new Scope(MINE, "other", "step-build"),
            new Scope(MINE, "run-pod", "other"))
        .extracting(Scope::namespace)
        .containsOnly(MINE);
  }

  private static Set<Scope> read(AttackedServer server, List<String> names) {
    Set<Scope> asked = new LinkedHashSet<>();
    for (String name : names) {
      assertThat(log(server, name)).doesNotContain(FOREIGN);
      asked.addAll(server.asked());
    }
    return asked;
  }

  /** With all that there is to a log, so that events are looked for too. */
  private static String log(AttackedServer server, String name) {
    return outcome(() -> {
      StringBuilder text = new StringBuilder();
      LogsGrpc.newBlockingStub(server.grpc("logbridge-events", "true", "logbridge-prefix", "true"))
          .getLog(GetLogRequest.newBuilder().setName(name).build())
          .forEachRemaining(body -> text.append(body.getData().toStringUtf8()));
      return text.toString();
    });
  }

  @Test
  void podsOfPoisonedRuns_areThoseOfTheNamespaceInThePath() throws Exception {
    AttackedServer server = laboratory.server(Targets.SPLUNK_RECORDS);
    List<String> answers = new ArrayList<>();
    for (String pod : pods) {
      String form = java.net.URLEncoder.encode(pod, java.nio.charset.StandardCharsets.UTF_8);
      answers.add(server.get("/kube/api/v1/namespaces/mine/pods/" + form + "/log"));
      answers.add(server.get("/kube/api/v1/namespaces/other/pods/" + form + "/log"));
      answers.add(server.get("/logs/mine/" + form + "/step-build", AttackedServer.DASHBOARD));
      answers.add(server.get("/logs/other/" + form + "/step-build", AttackedServer.DASHBOARD));
    }

    assertThat(answers).noneMatch(answer -> answer.contains(FOREIGN));
    assertThat(server.asked()).isNotEmpty();
  }

  @Test
  void lists_showNothingOfOthers() throws Exception {
    AttackedServer server = laboratory.server(Targets.LOKI_LABELS);
    ListRecordsRequest list =
        ListRecordsRequest.newBuilder()
            .setParent("mine/results/poisoned")
            .setPageSize(10_000)
            .build();
    List<String> answers =
        List.of(
            outcome(() -> ResultsGrpc.newBlockingStub(server.grpc()).listRecords(list)),
            outcome(() ->
                io.logbridge.proto.v1alpha2.LogsGrpc.newBlockingStub(server.grpc()).listLogs(list)),
            server.get("/kube/api/v1/namespaces/mine/pods"),
            server.get("/kube/api/v1/namespaces/mine/events"),
            server.get("/kube/apis/tekton.dev/v1/namespaces/mine/taskruns"),
            server.get("/kube/apis/tekton.dev/v1/namespaces/mine/pipelineruns"),
            server.get("/kube/apis/tekton.dev/v1/namespaces/mine/pipelines"));

    assertThat(answers).allSatisfy(answer -> assertThat(answer).doesNotContain(FOREIGN));
    assertThat(answers.getFirst()).contains("poisoned-0", "poisoned-" + (logs.size() - 1));
  }

  /** What goes with a run is looked for by what the run says of itself. */
  @Test
  void deletionsOfPoisonedRuns_takeNothingOfOthers() {
    AttackedServer server = laboratory.server(Targets.LOKI_LABELS);
    try (Database open = Database.open(laboratory.database)) {
      TestDatabase.record(
          open,
          "mine/results/doomed/records/run",
          "tekton.dev/v1.TaskRun",
          """
          {"kind":"TaskRun","metadata":{"name":"run","namespace":"other","uid":"%s",
            "annotations":{"results.tekton.dev/eventlist":"other/results/r/records/events"}},
           "status":{"podName":"run-pod"}}
          """
              .formatted(FOREIGN_UID));
    }
    String foreign =
        "SELECT string_agg(r::text, ';' ORDER BY id) FROM records r WHERE parent <> 'mine'";
    String before = TestDatabase.value(laboratory.database, foreign);

    assertThat(
            outcome(() ->
                ResultsGrpc.newBlockingStub(server.grpc())
                    .deleteRecord(
                        DeleteRecordRequest.newBuilder()
                            .setName("mine/results/doomed/records/run")
                            .build())))
        .isEmpty();
    assertThat(TestDatabase.value(laboratory.database, foreign)).isEqualTo(before);
  }
}

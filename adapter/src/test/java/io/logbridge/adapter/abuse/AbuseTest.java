// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.abuse;

import static io.logbridge.adapter.abuse.AttackedServer.DASHBOARD;
import static io.logbridge.adapter.abuse.AttackedServer.outcome;
import static io.logbridge.adapter.abuse.Target.FOREIGN;
import static io.logbridge.adapter.abuse.Target.MINE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Channel;
import io.logbridge.adapter.abuse.Target.Scope;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.proto.v1alpha2.CreateRecordRequest;
import io.logbridge.proto.v1alpha2.CreateResultRequest;
import io.logbridge.proto.v1alpha2.DeleteLogRequest;
import io.logbridge.proto.v1alpha2.DeleteRecordRequest;
import io.logbridge.proto.v1alpha2.DeleteResultRequest;
import io.logbridge.proto.v1alpha2.GetRecordRequest;
import io.logbridge.proto.v1alpha2.GetResultRequest;
import io.logbridge.proto.v1alpha2.ListRecordsRequest;
import io.logbridge.proto.v1alpha2.ListResultsRequest;
import io.logbridge.proto.v1alpha2.Record;
import io.logbridge.proto.v1alpha2.RecordListSummaryRequest;
import io.logbridge.proto.v1alpha2.Result;
import io.logbridge.proto.v1alpha2.ResultsGrpc;
import io.logbridge.proto.v1alpha2.UpdateRecordRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Somebody who may do everything in {@code mine} and wants what is in {@code other}, on every face.
 * Whatever they send, nothing of {@code other} comes back or changes; the store is asked for
 * nothing but containers of {@code mine}; and neither the server nor a store fails at it.
 */
class AbuseTest {

  private static final String RUN = "mine/results/r/logs/run";
  private static final String API = "/apis/results.tekton.dev/v1alpha2/parents/";
  private static final String LOGS = "/apis/results.tekton.dev/v1alpha3/parents/";
  private static final String KUBE = "/kube/api/v1/namespaces/";
  private static final String TEKTON = "/kube/apis/tekton.dev/v1/namespaces/";
  private static final String TIMES =
      "?startTime=2026-08-20T10:00:00Z&completionTime=2026-08-20T10:01:00Z";
  private static final Scope CONTAINER = new Scope(MINE, "run-pod", "step-build");

  private static Laboratory laboratory;

  @BeforeContainer
  static void open() {
    laboratory = new Laboratory();
  }

  @AfterContainer
  static void close() throws Exception {
    laboratory.close();
  }

  /** Without this all that follows could be refused for another reason. */
  @Property(generation = GenerationMode.EXHAUSTIVE)
  void whatIsTheirs_isGivenOnEveryFace(@ForAll Targets store) throws IOException {
    AttackedServer server = laboratory.server(store);
    List<String> answers =
        List.of(
            server.log(RUN),
            body(server.get(LOGS + RUN)),
            body(server.get(API + RUN)),
            body(server.get(KUBE + "mine/pods/run-pod/log")),
            body(server.get("/logs/mine/run-pod/step-build" + TIMES, DASHBOARD)).substring(31));

    assertThat(answers).containsOnly("mine\n");
    assertThat(server.asked()).isNotEmpty().containsOnly(CONTAINER);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void names_leadToNothingOfOthers(@ForAll Targets store, @ForAll("corpus") String attack)
      throws IOException {
    attackLogs(laboratory.server(store), attack);
  }

  @Property(tries = 100, shrinking = ShrinkingMode.BOUNDED)
  void mutatedNames_leadToNothingOfOthers(@ForAll Targets store, @ForAll("mutations") String attack)
      throws IOException {
    attackLogs(laboratory.server(store), attack);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void recordsAndObjects_ofOthersAreNeitherShownNorChanged(@ForAll("corpus") String attack)
      throws IOException {
    attackRecords(attack);
  }

  @Property(tries = 50, shrinking = ShrinkingMode.BOUNDED)
  void recordsAndObjects_ofOthersAreNotFoundByMutationsEither(@ForAll("mutations") String attack)
      throws IOException {
    attackRecords(attack);
  }

  @Provide
  static Arbitrary<String> corpus() {
    return Arbitraries.of(Attacks.CORPUS);
  }

  @Provide
  static Arbitrary<String> mutations() {
    return Attacks.mutations();
  }

  private static void attackLogs(AttackedServer server, String text) throws IOException {
    for (String name : names(text)) {
      assertNothingForeign(server.log(name));
      for (String path : List.of(name, encoded(name), encoded(name).replace("%2F", "/"))) {
        assertNothingForeign(server.get(LOGS + path));
        assertNothingForeign(server.get(API + path));
      }
    }
    for (String form : List.of(text, encoded(text))) {
      for (String option :
          List.of("container", "sinceTime", "stream", "tailLines", "parent", "name", "fields")) {
        assertNothingForeign(server.get(LOGS + RUN + "?" + option + "=" + form));
      }
      assertNothingForeign(server.get(KUBE + form + "/pods/run-pod/log"));
      assertNothingForeign(server.get(KUBE + "mine/pods/" + form + "/log"));
      assertNothingForeign(server.get(KUBE + "mine/pods/run-pod/log?container=" + form));
      for (String pod :
          List.of(
              form + "/run-pod/step-build",
              "mine/" + form + "/step-build",
              "mine/run-pod/" + form)) {
        assertNothingForeign(server.get("/logs/" + pod + TIMES, DASHBOARD));
      }
      assertNothingForeign(server.get("/logs/mine/nobody/step-build?startTime=" + form, DASHBOARD));
    }
    server.asked();
  }

  private static void attackRecords(String text) throws IOException {
    AttackedServer server = laboratory.server(Targets.LOKI_LABELS);
    String before = foreignRows();
    Channel channel = server.grpc();
    ResultsGrpc.ResultsBlockingStub results = ResultsGrpc.newBlockingStub(channel);
    var logs = io.logbridge.proto.v1alpha2.LogsGrpc.newBlockingStub(channel);
    List<String> answers = new ArrayList<>();
    for (String name : names(text)) {
      String record = name.replace("/logs/", "/records/");
      answers.add(
          outcome(() -> results.getRecord(GetRecordRequest.newBuilder().setName(record).build())));
      answers.add(
          outcome(() -> results.getResult(GetResultRequest.newBuilder().setName(name).build())));
      for (String path : List.of(record, encoded(record), encoded(record).replace("%2F", "/"))) {
        answers.add(server.get(API + path));
      }
    }
    for (String parent :
        List.of(text, text + "/results/-", text + "/results/r", "mine/results/" + text)) {
      answers.add(
          outcome(() ->
              results.listRecords(ListRecordsRequest.newBuilder().setParent(parent).build())));
      answers.add(
          outcome(() -> logs.listLogs(ListRecordsRequest.newBuilder().setParent(parent).build())));
      answers.add(
          outcome(() ->
              results.listResults(ListResultsRequest.newBuilder().setParent(parent).build())));
      answers.add(
          outcome(() ->
              results.getRecordListSummary(
                  RecordListSummaryRequest.newBuilder()
                      .setParent(parent)
                      .setSummary("total")
                      .setGroupBy(text)
                      .build())));
    }
    for (ListRecordsRequest.Builder list :
        List.of(
            ListRecordsRequest.newBuilder().setFilter(text),
            ListRecordsRequest.newBuilder().setFilter("data.metadata.namespace == '" + text + "'"),
            ListRecordsRequest.newBuilder().setFilter("name.contains(\"" + text + "\") || true"),
            ListRecordsRequest.newBuilder().setOrderBy(text),
            ListRecordsRequest.newBuilder().setPageToken(text))) {
      answers.add(outcome(() -> results.listRecords(list.setParent("mine/results/-").build())));
      answers.add(outcome(() -> logs.listLogs(list.setParent("mine/results/-").build())));
    }
    answers.addAll(changes(results, logs, text));
    for (String form : List.of(text, encoded(text))) {
      for (String query :
          List.of("filter", "order_by", "page_token", "fields", "parent", "page_size")) {
        answers.add(server.get(API + "mine/results/-/records?" + query + "=" + form));
      }
      for (String query :
          List.of("labelSelector", "fieldSelector", "continue", "limit", "resourceVersion")) {
        answers.add(server.get(KUBE + "mine/pods?" + query + "=" + form));
      }
      answers.add(server.get(TEKTON + form + "/taskruns"));
      answers.add(server.get(TEKTON + form + "/taskruns/run"));
      answers.add(server.get(TEKTON + "mine/taskruns/" + form));
      answers.add(server.get("/kube/apis/" + form + "/v1/namespaces/mine/taskruns"));
      answers.add(server.get(KUBE + form));
      answers.add(server.get("/kube/" + form));
      answers.add(server.get("/" + form));
    }
    answers.forEach(AbuseTest::assertNothingForeign);
    assertThat(foreignRows()).isEqualTo(before);
    server.asked();
  }

  /** Writes and deletions that name another namespace, or may do so to somebody who reads badly. */
  private static List<String> changes(
      ResultsGrpc.ResultsBlockingStub results,
      io.logbridge.proto.v1alpha2.LogsGrpc.LogsBlockingStub logs,
      String text) {
    String parent = text.equals(MINE) ? "other" : text;
    String record = parent + "/results/r/records/run";
    Record changed = Record.newBuilder().setName(record).build();
    return Stream.of(
            outcome(() ->
                results.deleteRecord(DeleteRecordRequest.newBuilder().setName(record).build())),
            outcome(() ->
                logs.deleteLog(
                    DeleteLogRequest.newBuilder().setName(parent + "/results/r/logs/run").build())),
            outcome(() ->
                results.deleteResult(
                    DeleteResultRequest.newBuilder().setName(parent + "/results/r").build())),
            outcome(() ->
                results.updateRecord(UpdateRecordRequest.newBuilder().setRecord(changed).build())),
            outcome(() ->
                results.createRecord(
                    CreateRecordRequest.newBuilder()
                        .setParent("mine/results/r")
                        .setRecord(changed)
                        .build())),
            outcome(() ->
                results.createRecord(
                    CreateRecordRequest.newBuilder()
                        .setParent(parent + "/results/r")
                        .setRecord(changed)
                        .build())),
            outcome(() ->
                results.createResult(
                    CreateResultRequest.newBuilder()
                        .setParent(MINE)
                        .setResult(Result.newBuilder().setName(parent + "/results/new"))
                        .build())),
            outcome(() ->
                results.createResult(
                    CreateResultRequest.newBuilder()
                        .setParent(parent)
                        .setResult(Result.newBuilder().setName(parent + "/results/new"))
                        .build())))
        .toList();
  }

  /** What is in the tables that is not the attacker's. */
  private static String foreignRows() {
    return TestDatabase.value(
        laboratory.database,
        """
        SELECT (SELECT string_agg(r::text, ';' ORDER BY id) FROM records r WHERE parent <> 'mine')
            || (SELECT string_agg(r::text, ';' ORDER BY id) FROM results r WHERE parent <> 'mine')
        """);
  }

  private static List<String> names(String text) {
    return Stream.of(
            "%s/results/r/logs/run",
            "mine/results/%s/logs/run", "mine/results/r/logs/%s", "mine/results/r/%s/run", "%s")
        .map(form -> form.replace("%s", text))
        .toList();
  }

  /** All of it, slashes too, as a client of a careful author does. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  private static String body(String response) {
    assertThat(response).startsWith("HTTP/1.1 200 ");
    String body = response.substring(response.indexOf("\r\n\r\n") + 4);
    // A chunk of its own, and the last one.
    return body.replaceAll("(?m)^[0-9a-f]+\r\n|\r\n$|^0\r\n\r\n", "").replace("\r\n", "");
  }

  private static void assertNothingForeign(String answer) {
    assertThat(answer).doesNotContain(FOREIGN);
  }
}

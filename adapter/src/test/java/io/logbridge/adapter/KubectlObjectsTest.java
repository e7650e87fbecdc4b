// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.logbridge.adapter.Kubectl.Outcome;
import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.adapter.stream.ListBackend;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the kubectl of this machine makes of archived objects, their events and their changes.
 * Skipped where there is none.
 */
@Timeout(180)
@TestInstance(Lifecycle.PER_CLASS)
class KubectlObjectsTest {

  @TempDir private static Path folder;

  private final DatabaseConfig config = TestDatabase.empty(true);
  private Database database;
  private LogbridgeServer server;
  private Kubectl kubectl;

  @BeforeAll
  void start() throws Exception {
    Optional<Path> program = Kubectl.find("kubectl");
    assumeTrue(program.isPresent(), "there is no kubectl on the PATH");
    database = Database.open(config);
    store("build", "tekton.dev/v1.TaskRun", taskRun("build", "False", "Failed"));
    store("lint", "tekton.dev/v1.TaskRun", taskRun("lint", "True", "Succeeded"));
    store("doomed", "tekton.dev/v1.TaskRun", taskRun("doomed", "True", "Succeeded"));
    store(
        "events",
        "results.tekton.dev/v1.EventList",
        "{'items':[%s,%s,%s]}"
            .formatted(
                event(
                    "build.1",
                    "TaskRun",
                    "tekton.dev/v1",
                    "build",
                    "uid-build",
                    "Normal",
                    "Started"),
                event("build-pod.1", "Pod", "v1", "build-pod", "true-uid", "Normal", "Pulled"),
                event("build-pod.2", "Pod", "v1", "build-pod", "true-uid", "Warning", "BackOff")));
    server =
        LogbridgeServer.start(
            TestConfig.of(TestConfig.SERVER, new AuthConfig.None(), config, new ListBackend(100)));
    kubectl = new Kubectl(program.get(), Files.createDirectory(folder.resolve("home")));
    Files.writeString(
        kubectl.home().resolve("config"),
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: archive, cluster: {server: "http://127.0.0.1:%d/kube"}}]
        contexts: [{name: archive, context: {cluster: archive, namespace: ci}}]
        current-context: archive
        """
            .formatted(server.port()));
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
    if (database != null) {
      database.close();
    }
  }

  @Test
  void describe_ofAPod_hasItsContainersAndItsEvents() throws Exception {
    assertThat(out("describe pod build-pod"))
        .containsSubsequence(
            "Labels:",
            "tekton.dev/taskRun=build",
            "Status:",
            "Failed",
            "Controlled By:",
            "TaskRun/build",
            "Containers:",
            "step-compile:",
            "Image:",
            "maven:3",
            "State:",
            "Terminated",
            "Reason:",
            "Error",
            "Exit Code:",
            "2",
            "Events:",
            "Pulled",
            "BackOff");
  }

  @Test
  void describe_ofATaskRun_hasItsEvents() throws Exception {
    assertThat(out("describe tr build"))
        .containsSubsequence("Kind:", "TaskRun", "Events:", "Started")
        .doesNotContain("BackOff");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "events --for tr/build --no-headers | Normal Started TaskRun/build message",
        "get events --no-headers --field-selector type=Warning | Warning BackOff pod/build-pod message",
        "get events --no-headers --field-selector involvedObject.kind=TaskRun | Normal Started taskrun/build message",
      })
  void events_areThoseThatAreAskedFor(String command, String expected) throws Exception {
    assertThat(out(command).strip().replaceAll("\\s+", " ")).endsWith(expected).hasLineCount(1);
  }

  @Test
  void get_ofTaskRuns_saysHowTheyEnded() throws Exception {
    assertThat(out("get tr build lint --no-headers").lines())
        .satisfiesExactly(
            line -> assertThat(line).matches("build +False +Failed +[0-9]+d.* +[0-9]+d.* +90s"),
            line -> assertThat(line).matches("lint +True +Succeeded +[0-9]+d.* +[0-9]+d.* +90s"));
  }

  @Test
  void get_inChunks_hasEverythingInTheOrderOfTime() throws Exception {
    assertThat(out("get pods -o name --chunk-size=1 -l tekton.dev/taskRun!=doomed").lines())
        .containsExactly("pod/build-pod", "pod/lint-pod");
    assertThat(out("get pods -o wide --no-headers build-pod"))
        .matches("build-pod +0/1 +Error +0 +[0-9]+d +<none> +<none> +<none> +<none>\n");
  }

  @Test
  void selectorThatIsNone_isRefusedInWordsThatKubectlShows() throws Exception {
    Outcome outcome = kubectl.run("get", "pods", "-l", "a=b c");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("(BadRequest)")
        .contains("found 'c', expected: ',' or 'end of string'");
    assertThat(kubectl.run("get", "pods", "--field-selector", "spec.x=y").err())
        .contains("field label not supported: spec.x");
  }

  @Test
  void get_watch_showsWhatComesChangesAndGoes() throws Exception {
    Process process = begin("get tr -w --output-watch-events -n watched --no-headers");
    try (BufferedReader lines = process.inputReader()) {
      store("watched", "w1", "tekton.dev/v1.TaskRun", taskRun("first", "Unknown", "Pending"));
      awaitLine(lines, "ADDED +first +Unknown +Pending .*");
      update("w1", taskRun("first", "Unknown", "Running"));
      awaitLine(lines, "MODIFIED +first +Unknown +Running .*");
      // From here on it is the watch that shows it, and no list.
      update("w1", taskRun("first", "True", "Succeeded"));
      awaitLine(lines, "MODIFIED +first +True +Succeeded .*");
      TestDatabase.execute(database, "DELETE FROM records WHERE name = 'w1'");
      awaitLine(lines, "DELETED +first .*");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void wait_forTheDeletionOfWhatIsGone_ends() throws Exception {
    TestDatabase.execute(database, "DELETE FROM records WHERE name = 'doomed'");

    assertThat(kubectl.run("wait", "--for=delete", "tr/doomed", "--timeout=100s").status())
        .isZero();
    assertThat(out("wait --for=condition=Succeeded tr/lint --timeout=100s"))
        .isEqualTo("taskrun.tekton.dev/lint condition met\n");
  }

  /** What was written a moment before kubectl began may be told twice. */
  private static void awaitLine(BufferedReader lines, String pattern) throws Exception {
    String line = lines.readLine();
    while (line != null && !line.matches(pattern)) {
      line = lines.readLine();
    }
    assertThat(line).matches(pattern);
  }

  private void update(String name, String json) {
    TestDatabase.execute(
        database,
        "UPDATE records SET data = ?::jsonb, updated_time = clock_timestamp() WHERE name = ?",
        json.replace('\'', '"'),
        name);
  }

  private Process begin(String command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder((kubectl.program() + " " + command).split(" ", -1))
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("HOME", kubectl.home().toString());
    builder.environment().put("KUBECONFIG", kubectl.home().resolve("config").toString());
    return builder.start();
  }

  private String out(String command) throws Exception {
    Outcome outcome = kubectl.run(command.split(" ", -1));
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return outcome.out();
  }

  private void store(String name, String type, String json) {
    store("ci", name, type, json);
  }

  private void store(String namespace, String name, String type, String json) {
    TestDatabase.record(
        database, namespace + "/results/r/records/" + name, type, json.replace('\'', '"'));
  }

  private static String taskRun(String name, String succeeded, String reason) {
    return """
    {'apiVersion':'tekton.dev/v1','kind':'TaskRun',
     'metadata':{'name':'%1$s','uid':'uid-%1$s','creationTimestamp':'2026-08-20T10:00:00Z'},
     'spec':{'taskRef':{'name':'t'}},
     'status':{'podName':'%1$s-pod','startTime':'2026-08-20T10:00:00Z',
       'completionTime':'2026-08-20T10:01:30Z',
       'conditions':[{'type':'Succeeded','status':'%2$s','reason':'%3$s'}],
       'taskSpec':{'steps':[{'name':'compile','image':'maven:3'}]},
       'steps':[{'name':'compile','container':'step-compile',
         'terminated':{'exitCode':2,'reason':'Error','startedAt':'2026-08-20T10:00:01Z',
                       'finishedAt':'2026-08-20T10:01:29Z'}}]}}
    """
        .formatted(name, succeeded, reason);
  }

  private static String event(
      String name, String kind, String version, String of, String uid, String type, String reason) {
    return """
    {'metadata':{'name':'%s','namespace':'ci'},
     'involvedObject':{'kind':'%s','apiVersion':'%s','namespace':'ci','name':'%s','uid':'%s'},
     'type':'%s','reason':'%s','message':'message','count':1,
     'source':{'component':'tekton'},
     'firstTimestamp':'2026-08-20T10:00:00Z','lastTimestamp':'2026-08-20T10:00:00Z'}
    """
        .formatted(name, kind, version, of, uid, type, reason);
  }
}

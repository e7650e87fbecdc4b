// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.logbridge.adapter.Kubectl.Outcome;
import io.logbridge.adapter.auth.FakeCluster;
import io.logbridge.adapter.config.ServerConfig;
import io.logbridge.adapter.tls.TlsSettings;
import io.logbridge.adapter.tls.TlsSettings.ClientCertificates;
import io.logbridge.adapter.tls.TlsSettings.Version;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The kubectl that this machine has against the whole server but for the store, over TLS with a
 * token: kubectl sends no credential over plain HTTP. Without a kubectl these tests are skipped,
 * and {@link KubeFaceTest} is what holds.
 */
@Timeout(180)
@TestInstance(Lifecycle.PER_CLASS)
class KubectlTest {

  private static final String JANE = "janes-token";
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private static Path folder;
  private final FakeCluster cluster = new FakeCluster(false);
  private final KubeArchive archive = new KubeArchive();
  private LogbridgeServer server;
  private Kubectl kubectl;

  @BeforeAll
  void start() throws Exception {
    Optional<Path> program = Kubectl.find("kubectl");
    assumeTrue(program.isPresent(), "there is no kubectl on the PATH");
    cluster.user(JANE, "jane");
    cluster.allowed =
        spec -> {
          JsonNode what = spec.path("resourceAttributes");
          return what.path("namespace").asString("").equals("ci")
              || what.path("resource").asString("").equals("namespaces");
        };
    TestCertificate certificate = TestCertificate.create(folder, "server", "EC");
    Path certificateFile = folder.resolve("tls.crt");
    Path keyFile = folder.resolve("tls.key");
    certificate.writeTo(certificateFile, keyFile);
    ServerConfig config =
        TestConfig.server(
            new TlsSettings(
                certificateFile,
                keyFile,
                null,
                ClientCertificates.REQUIRED,
                Version.V1_2,
                List.of(),
                List.of(),
                Duration.ofHours(1)),
            TestConfig.SERVER.limits());
    server =
        LogbridgeServer.start(
            TestConfig.of(config, KubeArchive.auth(cluster), archive.database(), archive.store()));
    kubectl = new Kubectl(program.get(), Files.createDirectory(folder.resolve("home")));
    kubectl.configure(
        "https://127.0.0.1:" + server.port() + "/kube", certificate.certificatePem(), JANE);
  }

  @AfterEach
  void heal() {
    archive.store().hook = _ -> {};
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
    cluster.close();
  }

  @Test
  void logs_ofThePodsOnlyContainer() throws Exception {
    assertThat(out("logs", "bye-run-pod"))
        .isEqualTo(KubeArchive.lines("only", 0, KubeArchive.LINES));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-c step-test --tail=2|step-test line 4998,step-test line 4999,",
        "step-test --tail=1|step-test line 4999,",
        "-c step-build --tail=1 --timestamps|2026-08-20T10:00:49.990000000Z step-build line 4999,",
        "-c step-build --limit-bytes=30|step-build line 0,step-build l",
        "-c step-build --since-time=2026-08-20T10:00:49Z --limit-bytes=21|step-build line 4900,",
        "-c step-build --tail=1 --prefix|[pod/hello-run-pod/step-build] step-build line 4999,",
        "-c sidecar-db -f|ready to accept connections,",
      })
  void logs_optionsDoWhatTheyDoInACluster(String options, String expected) throws Exception {
    String[] arguments = ("logs hello-run-pod " + options).split(" ", -1);

    assertThat(out(arguments)).isEqualTo(expected.replace(',', '\n'));
  }

  @Test
  void logs_withoutAContainer_areThoseOfTheFirst() throws Exception {
    Outcome outcome = kubectl.run("logs", "hello-run-pod", "--tail=1");

    assertThat(outcome.out()).isEqualTo("step-build line 4999\n");
    assertThat(outcome.err())
        .isEqualTo(
            "Defaulted container \"step-build\" out of: step-build, step-test, sidecar-db\n");
  }

  @Test
  void logs_ofAllContainers() throws Exception {
    assertThat(out("logs", "hello-run-pod", "--all-containers", "--tail=1").lines())
        .containsExactlyInAnyOrder(
            "step-build line 4999", "step-test line 4999", "ready to accept connections");
  }

  @Test
  void logs_ofASelector_areThoseOfEachPod() throws Exception {
    assertThat(out("logs", "-l", "tekton.dev/pipelineRun=pr-1,tekton.dev/pipelineTask=bye").lines())
        .containsExactlyElementsOf(KubeArchive.lines("only", 4_990, 5_000).lines().toList());
  }

  @Test
  void logs_ofAnEarlierAttempt() throws Exception {
    assertThat(out("logs", "hello-run-pod-retry0")).isEqualTo("first try\nand a complaint\n");
  }

  @Test
  void logs_thatAreTooOldForSince_areEmptyWithAWarning() throws Exception {
    Outcome outcome = kubectl.run("logs", "bye-run-pod", "--since=1h");

    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("Warning: the container ended before ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "logs nope-pod|rror from server (NotFound): pods \"nope-pod\" not found",
        "logs bye-run-pod -p|Error from server (BadRequest): previous terminated container \"step-only\" in pod \"bye-run-pod\" not found",
        "logs bye-run-pod -c nope|error: container nope is not valid for pod bye-run-pod",
        "logs secret-run-pod -n other|Error from server (Forbidden): pods \"secret-run-pod\" is forbidden: User \"jane\" cannot get resource \"pods\" in API group \"\" in the namespace \"other\"",
        "delete pod bye-run-pod|Error from server (MethodNotAllowed): the server does not allow this method on the requested resource: archived runs can only be read",
        "auth whoami|the server does not allow this method on the requested resource",
        "auth can-i get pods|the server does not allow this method on the requested resource",
      })
  void whatCannotBe_isSaid(String command, String message) throws Exception {
    Outcome outcome = kubectl.run(command.split(" ", -1));

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).contains(message);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void logs_ofAStoreThatIsAway_failAtOnce() throws Exception {
    archive.store().hook =
        _ -> {
          throw new LogBackendException(
              Reason.UNAVAILABLE, "loki does not answer", Duration.ofSeconds(30), null);
        };

    Outcome outcome = kubectl.run("logs", "bye-run-pod");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo("Error from server (ServiceUnavailable): loki does not answer\n");
  }

  @Test
  void logs_thatAreCut_endWithALineAndAnError() throws Exception {
    failInTheMiddle();

    Outcome outcome = kubectl.run("logs", "bye-run-pod");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).endsWith("[logbridge] the log is not complete: the store says no\n");
    assertThat(outcome.err()).startsWith("error: ");
  }

  @Test
  void get_pods_isATable() throws Exception {
    assertThat(words("get", "pods", "--sort-by=.metadata.name"))
        .startsWith(List.of("NAME", "READY", "STATUS", "RESTARTS", "AGE"))
        .anySatisfy(row ->
            assertThat(row.subList(0, 4)).containsExactly("bye-run-pod", "0/1", "Completed", "0"))
        .anySatisfy(row ->
            assertThat(row.subList(0, 4)).containsExactly("hello-run-pod", "0/3", "Completed", "0"))
        .hasSize(5);
  }

  @Test
  void get_taskruns_isATableWithOutcomeAndDuration() throws Exception {
    assertThat(words("get", "taskruns", "bye-run").getFirst())
        .startsWith("NAME", "SUCCEEDED", "REASON", "STARTTIME", "COMPLETIONTIME");
    assertThat(words("get", "tr", "bye-run").getLast()).startsWith("bye-run", "True", "Succeeded");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get pod bye-run-pod -o name|pod/bye-run-pod",
        "get pod bye-run-pod -o jsonpath={.spec.containers[*].name}|step-only",
        "get pipelineruns.tekton.dev -o name|pipelinerun.tekton.dev/pr-1",
        "get pr pr-1 -o jsonpath={.status.conditions[0].reason}|Succeeded",
        "get pipeline p -o jsonpath={.spec.tasks[*].name}|hello bye",
        "get pods -o custom-columns=N:.metadata.name --no-headers --field-selector metadata.name=bye-run-pod|bye-run-pod",
        "get taskruns -o name -l tekton.dev/pipelineTask=bye|taskrun.tekton.dev/bye-run",
        "wait --for=condition=Succeeded tr/bye-run --timeout=60s|taskrun.tekton.dev/bye-run condition met",
        "get --raw /kube/api/v1/namespaces/ci/pods/bye-run-pod/log?tailLines=1|step-only line 4999",
        "api-versions|tekton.dev/v1,v1",
        "get ns -o name|namespace/ci,namespace/other,namespace/slow",
      })
  void get_inEveryForm(String command, String expected) throws Exception {
    assertThat(out(command.split(" ", -1)).strip()).isEqualTo(expected.replace(',', '\n'));
  }

  @Test
  void get_json_isTheObject() throws Exception {
    JsonNode run = JSON.readTree(out("get", "tr", "hello-run", "-o", "json"));

    assertThat(run.path("kind").asString()).isEqualTo("TaskRun");
    assertThat(run.path("status").path("podName").asString()).isEqualTo("hello-run-pod");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pod hello-run-pod", "taskrun hello-run"})
  void describe_works(String what) throws Exception {
    assertThat(out(("describe " + what).split(" ", -1)))
        .contains("Name:", "tekton.dev/pipelineRun=pr-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"get events", "events", "events --for tr/hello-run"})
  void events_ofANamespaceWithoutAny_areNone(String command) throws Exception {
    Outcome outcome = kubectl.run(command.split(" ", -1));

    assertThat(outcome.status()).isZero();
    assertThat(outcome.err()).startsWith("No ");
  }

  @Test
  void version_isThatOfAServerThatKubectlKnows() throws Exception {
    assertThat(out("version")).contains("Server Version: v1.33.0-logbridge");
  }

  @Test
  void apiResources_areThoseOfTheArchive() throws Exception {
    assertThat(words("api-resources").stream().map(row -> row.getFirst()))
        .containsExactlyInAnyOrder(
            "NAME", "namespaces", "pods", "events", "pipelineruns", "pipelines", "taskruns");
  }

  @TestFactory
  Stream<DynamicTest> otherVersions_readTheSame() throws Exception {
    List<Path> versions = Kubectl.versionsBeside(kubectl.program());
    assumeTrue(!versions.isEmpty(), "there is one version of kubectl only");
    return versions.stream()
        .map(version ->
            DynamicTest.dynamicTest(version.getFileName().toString(), () -> read(version)));
  }

  private void read(Path version) throws Exception {
    Path home = Files.createDirectory(folder.resolve(version.getFileName()));
    Files.copy(kubectl.home().resolve("config"), home.resolve("config"));
    Kubectl other = new Kubectl(version, home);

    assertThat(other.run("logs", "bye-run-pod").out())
        .isEqualTo(KubeArchive.lines("only", 0, KubeArchive.LINES));
    assertThat(other.run("get", "tr", "bye-run", "--no-headers").out()).contains("Succeeded");
    assertThat(other.run("events", "--for", "tr/hello-run").err()).startsWith("No ");
    assertThat(other.run("logs", "bye-run-pod", "-p").err()).contains("(BadRequest): previous");
    failInTheMiddle();
    Outcome cut = other.run("logs", "bye-run-pod");
    heal();
    assertThat(cut.status()).isEqualTo(1);
    assertThat(cut.out()).endsWith("[logbridge] the log is not complete: the store says no\n");
  }

  private void failInTheMiddle() {
    archive.store().hook =
        page -> {
          if (page == 40) {
            throw new LogBackendException(Reason.BAD_QUERY, "the store says no");
          }
        };
  }

  @Test
  void get_watch_endsWhenItsTimeIsUp() throws Exception {
    assertThat(out("get", "--raw", "/kube/api/v1/namespaces/ci/pods?watch=1&timeoutSeconds=1"))
        .contains("\"type\":\"ADDED\"", "\"name\":\"bye-run-pod\"");
  }

  private String out(String... arguments) throws Exception {
    Outcome outcome = kubectl.run(arguments);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return outcome.out();
  }

  /** The words of each line. */
  private List<List<String>> words(String... arguments) throws Exception {
    return out(arguments)
        .lines()
        .map(line -> Arrays.stream(line.split("\\s+", -1)).collect(Collectors.toList()))
        .toList();
  }
}

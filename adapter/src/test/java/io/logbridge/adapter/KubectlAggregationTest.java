// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.logbridge.adapter.Kubectl.Outcome;
import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.auth.FakeCluster;
import io.logbridge.adapter.auth.RequestHeaderConfig;
import io.logbridge.adapter.config.ServerConfig;
import io.logbridge.adapter.tls.TlsSettings;
import io.logbridge.adapter.tls.TlsSettings.ClientCertificates;
import io.logbridge.adapter.tls.TlsSettings.Version;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kubectl that this machine has against an API server that has Logbridge as an APIService. The
 * API server is a stand-in, all else is real. Without a kubectl these tests are skipped, and {@link
 * AggregationTest} is what holds.
 */
@Timeout(180)
@TestInstance(Lifecycle.PER_CLASS)
class KubectlAggregationTest {

  @TempDir private static Path folder;
  private final FakeCluster cluster = new FakeCluster(false);
  private final KubeArchive archive = new KubeArchive();
  private LogbridgeServer server;
  private ApiServerStandIn apiServer;
  private Kubectl kubectl;
  private TestCertificate own;

  @BeforeAll
  void start() throws Exception {
    Optional<Path> program = Kubectl.find("kubectl");
    assumeTrue(program.isPresent(), "there is no kubectl on the PATH");
    cluster.allowed =
        spec ->
            spec.path("user").asString("").equals("alice")
                && spec.path("resourceAttributes").path("namespace").asString("").equals("ci");
    own = TestCertificate.create(folder, "server", "EC");
    TestCertificate.authority(folder, "ca");
    TestCertificate proxy = TestCertificate.issued(folder, "ca", "front-proxy-client");
    own.writeTo(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    ServerConfig config =
        TestConfig.server(
            new TlsSettings(
                folder.resolve("tls.crt"),
                folder.resolve("tls.key"),
                null,
                ClientCertificates.REQUIRED,
                Version.V1_2,
                List.of(),
                List.of(),
                Duration.ofHours(1)),
            TestConfig.SERVER.limits());
    server =
        LogbridgeServer.start(
            TestConfig.of(
                config,
                new AuthConfig.Kubernetes(
                    cluster.api(),
                    true,
                    List.of(),
                    new AuthConfig.Cache(Duration.ZERO, Duration.ZERO, 100),
                    new RequestHeaderConfig.Given(
                        folder.resolve("ca.crt"),
                        new RequestHeaderConfig.Names(
                            List.of("front-proxy-client"),
                            List.of("X-Remote-User"),
                            List.of("X-Remote-Uid"),
                            List.of("X-Remote-Group"),
                            List.of("X-Remote-Extra-")))),
                archive.database(),
                archive.store()));
    SSLContext ofApiServer = SSLContext.getInstance("TLS");
    ofApiServer.init(own.keyManagers().getKeyManagers(), null, null);
    apiServer =
        new ApiServerStandIn(
            ofApiServer,
            own.client(proxy),
            URI.create("https://127.0.0.1:" + server.port()),
            Map.of("alices-token", "alice", "bobs-token", "bob"));
    kubectl = new Kubectl(program.get(), Files.createDirectory(folder.resolve("home")));
    as("alices-token", "");
  }

  private void as(String token, String path) throws Exception {
    kubectl.configure("https://127.0.0.1:" + apiServer.port() + path, own.certificatePem(), token);
  }

  @AfterAll
  void stop() {
    if (apiServer != null) {
      apiServer.close();
    }
    if (server != null) {
      server.close();
    }
    cluster.close();
  }

  @Test
  void get_ofTheGroup_isATable() throws Exception {
    as("alices-token", "");

    List<List<String>> rows =
        out("get", "taskruns.archive.logbridge.io", "--sort-by=.metadata.name")
            .lines()
            .map(line -> Arrays.asList(line.split(" +")))
            .toList();

    assertThat(rows.getFirst())
        .containsExactly("NAME", "SUCCEEDED", "REASON", "STARTTIME", "COMPLETIONTIME", "DURATION");
    assertThat(rows)
        .anySatisfy(
            row -> assertThat(row.subList(0, 3)).containsExactly("hello-run", "True", "Succeeded"));
  }

  @Test
  void get_ofAnObject_saysOfWhichGroupItIs() throws Exception {
    as("alices-token", "");

    assertThat(out("get", "pods.archive.logbridge.io", "bye-run-pod", "-o", "name"))
        .isEqualTo("pod.archive.logbridge.io/bye-run-pod\n");
    assertThat(
            out(
                "get",
                "pipelineruns.archive.logbridge.io",
                "pr-1",
                "-o",
                "jsonpath={.apiVersion} {.kind}"))
        .isEqualTo("archive.logbridge.io/v1alpha1 PipelineRun");
  }

  @Test
  void get_raw_isTheLogOfARun() throws Exception {
    as("alices-token", "");

    assertThat(
            out(
                "get",
                "--raw",
                "/apis/archive.logbridge.io/v1alpha1/namespaces/ci/taskruns/bye-run/log?tailLines=2"))
        .isEqualTo("step-only line 4998\nstep-only line 4999\n");
  }

  @Test
  void logs_throughTheApiServer_areThoseOfThePod() throws Exception {
    as("alices-token", "/apis/archive.logbridge.io/v1alpha1/clusters/archive/proxy");

    assertThat(out("logs", "hello-run-pod", "-c", "step-test", "--tail=1"))
        .isEqualTo("step-test line 4999\n");
    assertThat(out("get", "pods", "-o", "name")).contains("pod/bye-run-pod\n");
  }

  @Test
  void whoMayNot_isRefusedByTheirName() throws Exception {
    as("bobs-token", "/apis/archive.logbridge.io/v1alpha1/clusters/archive/proxy");

    Outcome outcome = kubectl.run("logs", "bye-run-pod");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo(
            "Error from server (Forbidden): pods \"bye-run-pod\" is forbidden: User \"bob\" cannot"
                + " get resource \"pods\" in API group \"\" in the namespace \"ci\"\n");
  }

  private String out(String... arguments) throws Exception {
    Outcome outcome = kubectl.run(arguments);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    return outcome.out();
  }
}

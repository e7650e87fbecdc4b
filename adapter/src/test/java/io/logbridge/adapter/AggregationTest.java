// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.auth.FakeCluster;
import io.logbridge.adapter.auth.RequestHeaderConfig;
import io.logbridge.adapter.config.ServerConfig;
import io.logbridge.adapter.tls.TlsSettings;
import io.logbridge.adapter.tls.TlsSettings.ClientCertificates;
import io.logbridge.adapter.tls.TlsSettings.Version;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole server but for the store, behind the aggregation layer of a cluster: what an API server
 * sends, and what anybody else could send who would like to be taken for one. Certificates are made
 * for this test, and who is an API server the cluster says in its ConfigMap.
 */
@Timeout(180)
@TestInstance(Lifecycle.PER_CLASS)
class AggregationTest {

  private static final String JANE = "janes-token";
  private static final String ARCHIVE = "/apis/archive.logbridge.io/v1alpha1";
  private static final String PODS = ARCHIVE + "/namespaces/ci/pods";
  private static final String LOG = PODS + "/bye-run-pod/log?tailLines=1";
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private static Path folder;
  private final FakeCluster cluster = new FakeCluster(false);
  private final KubeArchive archive = new KubeArchive();
  private Path clientFolder;
  private TestCertificate own;
  private TestCertificate apiServer;
  private LogbridgeServer server;

  @BeforeAll
  void start() throws Exception {
    own = TestCertificate.create(folder, "server", "EC");
    TestCertificate proxies = TestCertificate.authority(folder, "front-proxy-ca");
    apiServer = TestCertificate.issued(folder, "front-proxy-ca", "front-proxy-client");
    clientFolder = Files.createDirectory(folder.resolve("clients"));
    TestCertificate clients = TestCertificate.authority(clientFolder, "client-ca");
    cluster.frontProxies(proxies.certificatePem(), "[\"front-proxy-client\"]");
    cluster.user(JANE, "jane");
    cluster.allowed =
        spec ->
            List.of("jane", "alice").contains(spec.path("user").asString(""))
                && spec.path("resourceAttributes").path("namespace").asString("").equals("ci");
    server =
        start(cluster, Files.writeString(folder.resolve("clients.pem"), clients.certificatePem()));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(IOException.class) // refused in the handshake until then
        .until(() -> get(apiServer, LOG, "X-Remote-User", "alice").statusCode() == 200);
  }

  private LogbridgeServer start(FakeCluster of, @Nullable Path clientCa) throws Exception {
    Path certificateFile = folder.resolve("tls.crt");
    Path keyFile = folder.resolve("tls.key");
    own.writeTo(certificateFile, keyFile);
    ServerConfig config =
        TestConfig.server(
            new TlsSettings(
                certificateFile,
                keyFile,
                clientCa,
                ClientCertificates.OPTIONAL,
                Version.V1_2,
                List.of(),
                List.of(),
                Duration.ofHours(1)),
            TestConfig.SERVER.limits());
    return LogbridgeServer.start(
        TestConfig.of(
            config,
            new AuthConfig.Kubernetes(
                of.api(),
                true,
                List.of(),
                new AuthConfig.Cache(Duration.ZERO, Duration.ZERO, 100),
                new RequestHeaderConfig.OfCluster()),
            archive.database(),
            archive.store()));
  }

  @BeforeEach
  void forget() {
    cluster.asked().clear();
  }

  @AfterAll
  void stop() {
    server.close();
    cluster.close();
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void whomTheApiServerSpeaksFor_isWhoAsks(HttpClient.Version version) throws Exception {
    HttpResponse<String> response =
        get(
            version,
            apiServer,
            LOG,
            "X-Remote-User",
            "alice",
            "X-Remote-Uid",
            "42",
            "X-Remote-Group",
            "devs, all of them",
            "X-Remote-Group",
            "system:authenticated",
            "X-Remote-Extra-Acme.com%2fProject",
            "shop",
            "X-Remote-Extra-Scopes",
            "one",
            "X-Remote-Extra-Scopes",
            "two");

    assertThat(response.version()).isEqualTo(version);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("step-only line 4999\n");
    assertThat(asked())
        .containsExactly(
            JSON.readTree(
                "{\"extra\":{\"acme.com/project\":[\"shop\"],\"scopes\":[\"one\",\"two\"]},"
                    + "\"groups\":[\"devs, all of them\",\"system:authenticated\"],"
                    + "\"resourceAttributes\":{\"name\":\"bye-run-pod\",\"namespace\":\"ci\","
                    + "\"resource\":\"pods\",\"subresource\":\"log\",\"verb\":\"get\"},"
                    + "\"uid\":\"42\",\"user\":\"alice\"}"));
  }

  @Test
  void whomTheApiServerSpeaksFor_mayOnlyWhatTheyMay() throws Exception {
    HttpResponse<String> response = get(apiServer, LOG, "X-Remote-User", "bob");

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(JSON.readTree(response.body()).path("message").asString())
        .isEqualTo(
            "pods.archive.logbridge.io \"bye-run-pod\" is forbidden: User \"bob\" cannot get"
                + " resource \"pods/log\" in API group \"\" in the namespace \"ci\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/apis/results.tekton.dev/v1alpha3/parents/ci/results/r/logs/bye-run?tailLines=1",
        "/kube/api/v1/namespaces/ci/pods/bye-run-pod/log?tailLines=1",
        ARCHIVE + "/clusters/archive/proxy/api/v1/namespaces/ci/pods/bye-run-pod/log?tailLines=1",
      })
  void everyFaceOfHttp_takesItsWord(String path) throws Exception {
    assertThat(get(apiServer, path, "X-Remote-User", "alice").body())
        .isEqualTo("step-only line 4999\n");
  }

  @Test
  void withoutACertificate_theHeadersAreNothing() throws Exception {
    assertThat(get(null, LOG, "X-Remote-User", "alice").statusCode()).isEqualTo(401);
    assertThat(asked()).isEmpty();

    get(null, LOG, "X-Remote-User", "alice", "Authorization", "Bearer " + JANE);

    assertThat(users()).containsExactly("jane");
  }

  @Test
  void withACertificateOfAnotherAuthority_theHeadersAreNothing() throws Exception {
    TestCertificate client =
        TestCertificate.issued(clientFolder, "client-ca", "front-proxy-client");

    HttpResponse<String> response =
        get(client, LOG, "X-Remote-User", "alice", "Authorization", "Bearer " + JANE);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(users()).containsExactly("jane");
    assertThat(get(client, LOG, "X-Remote-User", "alice").statusCode()).isEqualTo(401);
  }

  @Test
  void withACertificateOfAnotherName_theHeadersAreNothing() throws Exception {
    TestCertificate other = TestCertificate.issued(folder, "front-proxy-ca", "somebody");

    assertThat(get(other, LOG, "X-Remote-User", "alice").statusCode()).isEqualTo(401);
    assertThat(asked()).isEmpty();
  }

  @Test
  void aTokenBesideTheHeaders_isNotLookedAt() throws Exception {
    get(apiServer, LOG, "X-Remote-User", "bob", "Authorization", "Bearer " + JANE);

    assertThat(users()).containsExactly("bob");
  }

  @Test
  void whatGrpcGatewayWouldMakeOfHeaders_isNoneOfThem() throws Exception {
    String smuggled = "Grpc-Metadata-X-Remote-User";

    assertThat(get(apiServer, LOG, smuggled, "alice").statusCode()).isEqualTo(401);
    get(apiServer, LOG, "X-Remote-User", "bob", smuggled, "alice");

    assertThat(users()).containsExactly("bob");
  }

  @Test
  void twoUsers_areNone() throws Exception {
    HttpResponse<String> response =
        get(apiServer, LOG, "X-Remote-User", "bob", "X-Remote-User", "alice");

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(JSON.readTree(response.body()).path("message").asString())
        .isEqualTo("X-Remote-User: 2 values (expected: one)");
  }

  @Test
  void anApiServerThatSpeaksForNobody_isAskedForAToken() throws Exception {
    assertThat(get(apiServer, LOG).statusCode()).isEqualTo(401);
    assertThat(get(apiServer, LOG, "Authorization", "Bearer " + JANE).statusCode()).isEqualTo(200);
  }

  @Test
  void discovery_isForEverybody() throws Exception {
    assertThat(JSON.readTree(get(null, "/apis/archive.logbridge.io").body()).toString())
        .isEqualTo(
            "{\"kind\":\"APIGroup\",\"apiVersion\":\"v1\",\"name\":\"archive.logbridge.io\","
                + "\"versions\":[{\"groupVersion\":\"archive.logbridge.io/v1alpha1\","
                + "\"version\":\"v1alpha1\"}],\"preferredVersion\":{\"groupVersion\":"
                + "\"archive.logbridge.io/v1alpha1\",\"version\":\"v1alpha1\"}}");

    JsonNode list = JSON.readTree(get(null, ARCHIVE).body());

    assertThat(list.path("groupVersion").asString()).isEqualTo("archive.logbridge.io/v1alpha1");
    assertThat(list.path("resources").findValuesAsString("name"))
        .containsExactly(
            "pods",
            "pods/log",
            "events",
            "taskruns",
            "taskruns/log",
            "pipelineruns",
            "pipelineruns/log",
            "pipelines");
    assertThat(list.path("resources").findValues("shortNames")).isEmpty();
    assertThat(list.path("resources").findValues("categories")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "pods,Pod,'',pods",
    "taskruns,TaskRun,tekton.dev,taskruns",
    "pipelineruns,PipelineRun,tekton.dev,pipelineruns",
    "pipelines,Pipeline,tekton.dev,pipelines",
  })
  void objects_areOfTheGroup_andAllowedAsInTheCluster(
      String resource, String kind, String group, String asked) throws Exception {
    JsonNode list =
        JSON.readTree(
            get(
                    apiServer,
                    ARCHIVE + "/namespaces/ci/" + resource + "?limit=1",
                    "X-Remote-User",
                    "alice")
                .body());

    assertThat(list.path("kind").asString()).isEqualTo(kind + "List");
    assertThat(list.path("apiVersion").asString()).isEqualTo("archive.logbridge.io/v1alpha1");
    assertThat(list.path("items").get(0).path("kind").asString()).isEqualTo(kind);
    assertThat(list.path("items").get(0).path("apiVersion").asString())
        .isEqualTo("archive.logbridge.io/v1alpha1");
    JsonNode what = cluster.asked().getLast().spec().path("resourceAttributes");
    assertThat(what.path("group").asString("")).isEqualTo(group);
    assertThat(what.path("resource").asString()).isEqualTo(asked);
    assertThat(what.path("verb").asString()).isEqualTo("list");
  }

  @Test
  void anObject_isOfTheGroup_alsoInATable() throws Exception {
    String path = PODS + "/bye-run-pod";
    String table = "application/json;as=Table;v=v1;g=meta.k8s.io";

    JsonNode pod = JSON.readTree(get(apiServer, path, "X-Remote-User", "alice").body());
    JsonNode rows =
        JSON.readTree(
                get(
                        apiServer,
                        path + "?includeObject=Object",
                        "X-Remote-User",
                        "alice",
                        "Accept",
                        table)
                    .body())
            .path("rows");

    assertThat(pod.path("apiVersion").asString()).isEqualTo("archive.logbridge.io/v1alpha1");
    assertThat(rows.get(0).path("object").path("apiVersion").asString())
        .isEqualTo("archive.logbridge.io/v1alpha1");
  }

  @Test
  void theLogOfARun_isThatOfItsName() throws Exception {
    String task =
        get(
                apiServer,
                ARCHIVE + "/namespaces/ci/taskruns/bye-run/log?tailLines=1&prefix=true",
                "X-Remote-User",
                "alice")
            .body();
    JsonNode asked = cluster.asked().getLast().spec().path("resourceAttributes");

    assertThat(task).isEqualTo("[only] step-only line 4999\n");
    assertThat(asked.toString())
        .isEqualTo(
            "{\"namespace\":\"ci\",\"resource\":\"pods\",\"subresource\":\"log\",\"verb\":\"get\"}");
    assertThat(
            get(
                    apiServer,
                    ARCHIVE
                        + "/namespaces/ci/pipelineruns/pr-1/log?container=only&prefix=false&tailLines=1",
                    "X-Remote-User",
                    "alice")
                .body())
        .isEqualTo("step-only line 4999\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/namespaces/ci/taskruns/nope/log|404|taskruns.archive.logbridge.io \"nope\" not found",
        "/namespaces/ci/pipelineruns/bye-run/log|404|pipelineruns.archive.logbridge.io \"bye-run\" not found",
        "/namespaces/ci/taskruns/bye-run/log?tail=1|400|query parameter: \"tail\" (expected: ",
        "/namespaces/ci/pipelines/p/log|404|the server could not find the requested resource",
        "/namespaces|404|the server could not find the requested resource",
        "/clusters|404|the server could not find the requested resource",
        "/clusters/archive|404|the server could not find the requested resource",
        "/clusters/archive/proxy|404|the server could not find the requested resource",
      })
  void whatIsNotThere_isSaidInTheWordsOfKubernetes(String path, int status, String message)
      throws Exception {
    HttpResponse<String> response = get(apiServer, ARCHIVE + path, "X-Remote-User", "alice");

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(JSON.readTree(response.body()).path("kind").asString()).isEqualTo("Status");
    assertThat(JSON.readTree(response.body()).path("message").asString()).startsWith(message);
  }

  @Test
  void anAuthorityThatTheClusterNamesAnew_countsWithoutARestart() throws Exception {
    TestCertificate.authority(folder, "next-ca");
    TestCertificate next = TestCertificate.issued(folder, "next-ca", "next-client");
    try (FakeCluster other = new FakeCluster(false);
        LogbridgeServer late = start(other, null)) {
      assertThat(status(late, null)).isEqualTo(401);

      other.frontProxies(
          Files.readString(folder.resolve("next-ca.crt")), "[\"next-client\",\"another\"]");

      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptionsInstanceOf(IOException.class) // refused in the handshake until then
          .until(() -> status(late, next) == 200);
    }
  }

  private int status(LogbridgeServer of, @Nullable TestCertificate shown) throws Exception {
    try (HttpClient http = HttpClient.newBuilder().sslContext(own.client(shown)).build()) {
      return http.send(request(of, LOG, List.of("X-Remote-User", "alice")), BodyHandlers.ofString())
          .statusCode();
    }
  }

  private HttpResponse<String> get(@Nullable TestCertificate shown, String path, String... headers)
      throws Exception {
    return get(HttpClient.Version.HTTP_2, shown, path, headers);
  }

  private HttpResponse<String> get(
      HttpClient.Version version, @Nullable TestCertificate shown, String path, String... headers)
      throws Exception {
    try (HttpClient http =
        HttpClient.newBuilder().version(version).sslContext(own.client(shown)).build()) {
      return http.send(request(server, path, List.of(headers)), BodyHandlers.ofString());
    }
  }

  private static HttpRequest request(LogbridgeServer of, String path, List<String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + of.port() + path))
            .timeout(Duration.ofSeconds(60));
    for (int i = 0; i < headers.size(); i += 2) {
      request.header(headers.get(i), headers.get(i + 1));
    }
    return request.build();
  }

  /** The specs of the SubjectAccessReviews so far. */
  private List<JsonNode> asked() {
    return cluster.asked().stream()
        .filter(asked -> asked.path().equals(FakeCluster.ACCESS_REVIEWS))
        .map(FakeCluster.Asked::spec)
        .toList();
  }

  private List<String> users() {
    return asked().stream().map(spec -> spec.path("user").asString()).distinct().toList();
  }
}

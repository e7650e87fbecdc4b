// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.adapter.auth.FakeCluster;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Kubernetes face of the whole server but for the store, at the level of HTTP. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class KubeFaceTest {

  private static final String JANE = "janes-token";
  private static final String LOG = "/kube/api/v1/namespaces/ci/pods/hello-run-pod/log";
  private static final String ONE = "/kube/api/v1/namespaces/ci/pods/bye-run-pod/log";
  private static final JsonMapper JSON = new JsonMapper();

  private final FakeCluster cluster = new FakeCluster(false);
  private final HttpClient http = HttpClient.newHttpClient();
  private final KubeArchive archive = new KubeArchive();
  private LogbridgeServer server;

  @BeforeAll
  void start() {
    cluster.user(JANE, "jane");
    cluster.allowed =
        spec ->
            List.of("ci", "slow")
                .contains(spec.get("resourceAttributes").path("namespace").asString(""));
    server =
        LogbridgeServer.start(
            TestConfig.of(
                TestConfig.SERVER, KubeArchive.auth(cluster), archive.database(), archive.store()));
  }

  @AfterEach
  void heal() {
    archive.store().hook = _ -> {};
    archive.store().queries.clear();
    cluster.asked().clear();
  }

  @AfterAll
  void stop() {
    server.close();
    cluster.close();
    http.close();
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void log_isTheTextOfTheContainer(HttpClient.Version version) throws Exception {
    HttpResponse<String> response =
        http.send(
            request(LOG + "?container=step-build").version(version).build(),
            BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
    assertThat(response.headers().firstValue("warning")).isEmpty();
    assertThat(response.body()).isEqualTo(KubeArchive.lines("build", 0, KubeArchive.LINES));
  }

  @Test
  void log_ofThePodsOnlyContainer_needsNoName() throws Exception {
    assertThat(text(ONE)).isEqualTo(KubeArchive.lines("only", 0, KubeArchive.LINES));
  }

  @Test
  void log_ofAnInitContainerOfTekton_isRead() throws Exception {
    assertThat(text(LOG + "?container=prepare")).isEqualTo("Entrypoint initialization\n");
  }

  @Test
  void log_ofAnEarlierAttempt_isThatOfItsPod() throws Exception {
    assertThat(text("/kube/api/v1/namespaces/ci/pods/hello-run-pod-retry0/log?follow=true"))
        .isEqualTo("first try\nand a complaint\n");
  }

  @Test
  void log_inJson_isAnObjectForEachLine() throws Exception {
    HttpResponse<String> response =
        http.send(
            request(ONE + "?tailLines=1").setHeader("Accept", "application/x-ndjson").build(),
            BodyHandlers.ofString());

    assertThat(response.headers().firstValue("content-type")).contains("application/x-ndjson");
    assertThat(response.body())
        .isEqualTo(
            "{\"time\":\"2026-08-20T10:00:49.990000000Z\",\"namespace\":\"ci\",\"pod\":\"bye-run-pod\","
                + "\"container\":\"step-only\",\"step\":\"only\",\"stream\":\"stdout\","
                + "\"text\":\"step-only line 4999\"}\n");
  }

  @ParameterizedTest
  @CsvSource({
    "All,'first try\nand a complaint\n'",
    "Stdout,'first try\n'",
    "Stderr,'and a complaint\n'"
  })
  void log_ofOneOutput(String stream, String expected) throws Exception {
    assertThat(text("/kube/api/v1/namespaces/ci/pods/hello-run-pod-retry0/log?stream=" + stream))
        .isEqualTo(expected);
  }

  /** What would be the last line for them has nobody to go to. */
  @Test
  void log_ofAClientThatLeaves_isNoErrorOfTheServer() throws Exception {
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    archive.store().hook =
        page -> {
          if (page == 20) {
            sending.countDown();
            left.await();
          }
        };
    try (CapturedLog log = CapturedLog.begin()) {
      try (Socket client = new Socket("127.0.0.1", server.port())) {
        client
            .getOutputStream()
            .write(
                "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n"
                    .formatted(ONE, JANE)
                    .getBytes(UTF_8));
        assertThat(client.getInputStream().read()).isEqualTo('H');
        assertThat(sending.await(60, TimeUnit.SECONDS)).isTrue();
        client.setSoLinger(true, 0); // resets the connection, so that the next write fails
      } finally {
        left.countDown();
      }
      log.awaitCall("CANCELLED");

      assertThat(log.complaints()).isEmpty();
    }
  }

  @Test
  void log_ofAPodThatRuns_isFollowedUntilItHasEnded_andLeadsToNoOtherPod() throws Exception {
    HttpResponse<InputStream> following =
        http.send(
            request("/kube/api/v1/namespaces/slow/pods/slow-run-pod/log?follow=true").build(),
            BodyHandlers.ofInputStream());
    try (BufferedReader body = new BufferedReader(new InputStreamReader(following.body(), UTF_8))) {
      assertThat(body.readLine()).isEqualTo("still running");

      archive.endSlowRun();

      assertThat(body.readLine()).isNull();
    }
  }

  @Test
  void log_behindTheApiServerOfACluster_isTheSame() throws Exception {
    String proxied = "/apis/archive.logbridge.io/v1alpha1/clusters/archive/proxy";

    assertThat(text(proxied + ONE.substring("/kube".length()) + "?tailLines=1"))
        .isEqualTo("step-only line 4999\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tailLines=2|step-only line 4998,step-only line 4999,",
        "tailLines=0|",
        "limitBytes=21|step-only line 0,step",
        "tailLines=2&timestamps=true|2026-08-20T10:00:49.980000000Z step-only line 4998,2026-08-20T10:00:49.990000000Z step-only line 4999,",
        "sinceTime=2026-08-20T10%3A00%3A49.98Z|step-only line 4998,step-only line 4999,",
        "sinceTime=2026-08-20T10%3A00%3A49Z&tailLines=20&limitBytes=42|step-only line 4980,step-only line 4981,st",
        "previous=false&insecureSkipTLSVerifyBackend=true&follow=1&tailLines=1|step-only line 4999,",
        "tailLines=1&prefix=true&events=true&until=nonsense&pretty=true&unknown=1|step-only line 4999,",
      })
  void log_optionsMeanWhatTheyMeanToTheKubelet(String query, String expected) throws Exception {
    assertThat(text(ONE + "?" + query))
        .isEqualTo(expected == null ? "" : expected.replace(',', '\n'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|400|BadRequest|a container name must be specified for pod hello-run-pod, choose one of: [step-build step-test sidecar-db]",
        "?container=nope|400|BadRequest|container nope is not valid for pod hello-run-pod",
        "?container=step-build&previous=true|400|BadRequest|previous terminated container \"step-build\" in pod \"hello-run-pod\" not found",
        "?container=step-build&tailLines=-1|400|BadRequest|tailLines: \"-1\" (expected: a whole number from 0 to 2147483647)",
        "?container=step-build&limitBytes=0|400|BadRequest|limitBytes: \"0\" (expected: a whole number from 1 to 9223372036854775807)",
        "?container=step-build&sinceSeconds=60&sinceTime=2026-08-20T10:00:00Z|400|BadRequest|sinceSeconds: \"60\" (expected: not together with sinceTime)",
        "?container=step-build&stream=both|400|BadRequest|stream: \"both\" (expected: All, Stdout or Stderr)",
        "?container=step-build&stream=Stderr&tailLines=1|400|BadRequest|tailLines: \"1\" (expected: not together with a stream)",
        "?container=step-build&sinceTime=yesterday|400|BadRequest|sinceTime: \"yesterday\" (expected: a time as in 2026-08-20T10:00:00Z (RFC 3339))",
      })
  void log_whatIsWrong_isSaidAsTheKubeletSaysIt(
      String query, int code, String reason, String message) throws Exception {
    JsonNode status = status(LOG + (query == null ? "" : query), code);

    assertThat(status)
        .isEqualTo(
            JSON.readTree(
                """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",\
                "message":%s,"reason":"%s",\
                "details":{"name":"hello-run-pod","kind":"pods"},"code":%d}\
                """
                    .formatted(JSON.writeValueAsString(message), reason, code)));
    assertThat(archive.store().queries).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "NOT_A_NAME", "a'%20OR%201=1", "hello-run-pod%22"})
  void log_ofWhatWasNeverArchived_isNotFound(String pod) throws Exception {
    JsonNode status = status("/kube/api/v1/namespaces/ci/pods/" + pod + "/log", 404);

    assertThat(status.path("reason").asString()).isEqualTo("NotFound");
    assertThat(status.path("message").asString()).startsWith("pods \"").endsWith("\" not found");
    assertThat(archive.store().queries).isEmpty();
  }

  @Test
  void log_ofATimeThatEndedLongAgo_isEmptyAndSaysWhy() throws Exception {
    HttpResponse<String> response = get(ONE + "?sinceSeconds=3600");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("warning").orElseThrow())
        .startsWith("299 logbridge \"the container ended before ");
  }

  @Test
  void log_ofAPodThatEndedAMomentAgo_saysThatLinesMayFollow() throws Exception {
    HttpResponse<String> response = get("/kube/api/v1/namespaces/ci/pods/fresh-run-pod/log");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("warning"))
        .contains(
            "299 logbridge \"the container ended a moment ago: its last lines may be on their way\"");
  }

  @Test
  void log_thatFailsBeforeItsFirstByte_isAStatus() throws Exception {
    archive.store().hook =
        _ -> {
          throw new LogBackendException(
              Reason.UNAVAILABLE, "loki does not answer", Duration.ofSeconds(10), null);
        };

    HttpResponse<String> response = get(ONE);

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(JSON.readTree(response.body()).path("reason").asString())
        .isEqualTo("ServiceUnavailable");
    assertThat(JSON.readTree(response.body()).path("message").asString())
        .isEqualTo("loki does not answer");
    // kubectl would try ten times before anybody heard of it.
    assertThat(response.headers().firstValue("retry-after")).isEmpty();
  }

  @Test
  void log_ofAStoreThatHasTooMuchToDo_isToBeAskedForAgain() throws Exception {
    archive.store().hook =
        _ -> {
          throw new LogBackendException(
              Reason.THROTTLED, "too many outstanding requests", Duration.ofMillis(1500), null);
        };

    HttpResponse<String> response = get(ONE);

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValue("retry-after")).contains("2");
    assertThat(JSON.readTree(response.body()).path("details").path("retryAfterSeconds").asInt())
        .isEqualTo(2);
  }

  @Test
  void log_thatFailsLater_endsWithALineAndWithoutAnEnd() throws Exception {
    failInTheMiddle();
    String text;
    try (Socket client = new Socket("127.0.0.1", server.port())) {
      client.setSoTimeout(60_000);
      client
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n"
                  .formatted(ONE, JANE)
                  .getBytes(UTF_8));
      text = new String(client.getInputStream().readAllBytes(), UTF_8);
    }

    int sent = (int) text.lines().filter(line -> line.startsWith("step-only")).count();
    assertThat(sent).isBetween(1_000, 3_900);
    assertThat(text.lines().filter(line -> line.startsWith("step-only")))
        .containsExactlyElementsOf(KubeArchive.lines("only", 0, sent).lines().toList());
    // The last chunk is this line, and what ends a body does not follow.
    assertThat(text).endsWith("\n[logbridge] the log is not complete: the store says no\n\r\n");
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void log_thatFailsLater_isNotASuccess(HttpClient.Version version) throws Exception {
    failInTheMiddle();

    HttpResponse<InputStream> response =
        http.send(request(ONE).version(version).build(), BodyHandlers.ofInputStream());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
  }

  private void failInTheMiddle() {
    archive.store().hook =
        page -> {
          if (page == 40) {
            throw new LogBackendException(Reason.BAD_QUERY, "the store\nsays no");
          }
        };
  }

  @Test
  void access_isAskedForInTheWordsOfKubernetes() throws Exception {
    get(ONE);

    assertThat(cluster.asked().getLast().spec().path("resourceAttributes"))
        .isEqualTo(
            JSON.readTree(
                """
                {"verb":"get","resource":"pods","subresource":"log",\
                "namespace":"ci","name":"bye-run-pod"}\
                """));
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret-run-pod", "nothing"})
  void access_whoMayNot_doesNotLearnWhatExists(String pod) throws Exception {
    JsonNode status =
        status("/kube/api/v1/namespaces/other/pods/" + pod + "/log?tailLines=-1", 403);

    assertThat(status.path("reason").asString()).isEqualTo("Forbidden");
    assertThat(status.path("message").asString())
        .isEqualTo(
            "pods \"%s\" is forbidden: User \"jane\" cannot get resource \"pods/log\" in API group \"\" in the namespace \"other\""
                .formatted(pod));
  }

  @Test
  void access_withoutAToken_isUnauthorized() throws Exception {
    HttpResponse<String> response =
        http.send(HttpRequest.newBuilder(uri(ONE)).build(), BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("www-authenticate")).contains("Bearer");
    assertThat(JSON.readTree(response.body()).path("reason").asString()).isEqualTo("Unauthorized");
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/kube/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
    "POST,/kube/apis/authentication.k8s.io/v1/selfsubjectreviews",
    "DELETE,/kube/api/v1/namespaces/ci/pods/hello-run-pod",
    "PATCH,/kube/apis/tekton.dev/v1/namespaces/ci/taskruns/hello-run",
    "PUT,/kube/api/v1/namespaces/other",
  })
  void writes_areNotAllowed(String method, String path) throws Exception {
    HttpResponse<String> response =
        http.send(
            request(path)
                .method(method, BodyPublishers.ofString("{\"kind\":\"Whatever\"}"))
                .build(),
            BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).contains("GET");
    assertThat(JSON.readTree(response.body()).path("reason").asString())
        .isEqualTo("MethodNotAllowed");
  }

  @Test
  void head_isNotAllowedEither_andHasNoBody() throws Exception {
    HttpResponse<String> response =
        http.send(
            request(ONE).method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void lists_goOnWhereTheyEnded() throws Exception {
    String path = "/kube/api/v1/namespaces/ci/pods?limit=3";
    JsonNode first = JSON.readTree(text(path));
    JsonNode second =
        JSON.readTree(
            text(path + "&continue=" + first.path("metadata").path("continue").asString()));

    assertThat(
            Stream.concat(first.path("items").valueStream(), second.path("items").valueStream())
                .map(pod -> pod.path("metadata").path("name").asString()))
        .containsExactlyInAnyOrder(
            "hello-run-pod-retry0", "hello-run-pod", "bye-run-pod", "fresh-run-pod");
    assertThat(second.path("metadata").has("continue")).isFalse();
  }

  @Test
  void lists_areTablesForWhoAsksForThem() throws Exception {
    HttpResponse<String> response =
        http.send(
            request("/kube/apis/tekton.dev/v1/namespaces/ci/taskruns?includeObject=None")
                .setHeader("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                .build(),
            BodyHandlers.ofString());

    assertThat(JSON.readTree(response.body()).path("kind").asString()).isEqualTo("Table");
    assertThat(JSON.readTree(response.body()).path("rows").get(0).has("object")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=many|limit: \"many\" (expected: a whole number)",
        "continue=nonsense|invalid continue token: continue key is not valid: not one of this server's",
        "watch=true&timeoutSeconds=soon|timeoutSeconds: \"soon\" (expected: a whole number)",
      })
  void lists_whatIsWrong_isSaid(String query, String message) throws Exception {
    JsonNode status = status("/kube/api/v1/namespaces/ci/pods?" + query, 400);

    assertThat(status.path("message").asString()).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/vnd.kubernetes.protobuf", "application/yaml", "text/html"})
  void lists_inNoFormThatTheClientTakes_areNotAcceptable(String accept) throws Exception {
    HttpResponse<String> response =
        http.send(
            request("/kube/api/v1/namespaces/ci/pods").setHeader("Accept", accept).build(),
            BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(406);
    assertThat(JSON.readTree(response.body()).path("reason").asString()).isEqualTo("NotAcceptable");
  }

  @ParameterizedTest
  @CsvSource({
    "/kube/api/v1/pods,list,",
    "/kube/api/v1/pods?watch=true&timeoutSeconds=1,watch,",
    "/kube/api/v1/namespaces,list,",
    "/kube/api/v1/namespaces/other,get,other",
    "/kube/apis/tekton.dev/v1/namespaces/other/taskruns?fieldSelector=metadata.name%3Dsecret-run,list,secret-run",
    "/kube/apis/tekton.dev/v1/namespaces/other/taskruns?fieldSelector=metadata.name!%3Dsecret-run,list,",
    "/kube/apis/tekton.dev/v1/namespaces/other/taskruns?fieldSelector=metadata.namespace!%3Dx%5C%2Cmetadata.name%3Dsecret-run,list,",
    "/kube/apis/tekton.dev/v1/namespaces/other/taskruns?fieldSelector=metadata.namespace!%3Dx%5C%2Cmetadata.name%3Dsecret-run&watch=true,watch,",
    "/kube/apis/tekton.dev/v1/namespaces/other/taskruns?fieldSelector=metadata.name%3Dsecret%3Drun,list,",
  })
  void access_toObjectsIsAskedForFirst(String path, String verb, @Nullable String name)
      throws Exception {
    JsonNode status = status(path, 403);

    JsonNode asked = cluster.asked().getLast().spec().path("resourceAttributes");
    assertThat(status.path("reason").asString()).isEqualTo("Forbidden");
    assertThat(asked.path("verb").asString()).isEqualTo(verb);
    assertThat(asked.path("name").asString("")).isEqualTo(name == null ? "" : name);
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void watch_tellsOfWhatThereIsAndEndsAsASuccess(HttpClient.Version version) throws Exception {
    String path =
        "/kube/api/v1/namespaces/ci/pods?watch=true&timeoutSeconds=1&sendInitialEvents=true"
            + "&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";

    HttpResponse<String> response =
        http.send(request(path).version(version).build(), BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(
            response
                .body()
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> JSON.readTree(line).path("type").asString()))
        .startsWith("ADDED", "ADDED", "ADDED", "ADDED", "BOOKMARK");
    assertThat(response.body()).contains("\"k8s.io/initial-events-end\":\"true\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/kube",
        "/kube/openapi/v2",
        "/kube/openapi/v3",
        "/kube/api/v2",
        "/kube/apis/apps/v1",
        "/kube/apis/tekton.dev/v1beta1",
        "/kube/api/v1/namespaces/ci/pods/hello-run-pod/exec",
      })
  void whateverElse_isNotFoundInTheWordsOfKubernetes(String path) throws Exception {
    JsonNode status = status(path, 404);

    assertThat(status.path("message").asString())
        .isEqualTo("the server could not find the requested resource");
  }

  private String text(String path) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  private JsonNode status(String path, int code) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(code);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    return JSON.readTree(response.body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path))
        .timeout(Duration.ofSeconds(60))
        .header("Accept", "application/json, */*")
        .header("Authorization", "Bearer " + JANE);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }
}

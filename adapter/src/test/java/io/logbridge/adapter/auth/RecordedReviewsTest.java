// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logbridge.adapter.auth.FakeCluster.Asked;
import io.logbridge.adapter.auth.ResultsAccess.Resource;
import io.logbridge.adapter.auth.ResultsAccess.Verb;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.backend.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Recorded requests to Tekton Results, held against what it asked its cluster and what it answered.
 * Where Logbridge differs on purpose, {@link #expected} says so.
 */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class RecordedReviewsTest {

  private static final String GOLDEN = "/io/logbridge/adapter/golden/";
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern PATH =
      Pattern.compile(
          "/apis/results.tekton.dev/v1alpha\\d/parents/([^/]+)/(results)(?:/[^/]+(?:/(records|logs)(?:/([^/]+))?)?)?");

  private FakeCluster cluster;

  @BeforeAll
  void start() {
    cluster = new FakeCluster(false);
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @AfterEach
  void forget() {
    cluster.asked().clear();
  }

  static Stream<String> cases() throws Exception {
    return read("index-auth.json").valueStream().map(JsonNode::asString);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theClusterIsAskedTheSame_andTheAnswerIsTheSame(String name) throws Exception {
    JsonNode recorded = read("auth/" + name + ".json");
    recorded.path("kube_reviews").forEach(this::learn);
    cluster.allowed = spec -> recordedAnswer(recorded, spec);

    Throwable refusal;
    try (KubernetesGate gate =
        KubernetesGate.open(config(), null, InstantSource.system(), new SimpleMeterRegistry())) {
      refusal =
          catchThrowableOfType(
              RequestException.class, () -> check(new ResultsAccess(gate), recorded));
    }

    assertThat(cluster.asked()).containsExactlyElementsOf(expected(name, recorded));
    assertRefusal(recorded, (RequestException) refusal);
  }

  private AuthConfig.Kubernetes config() {
    return new AuthConfig.Kubernetes(
        cluster.api(),
        true,
        List.of(),
        new AuthConfig.Cache(Duration.ofSeconds(10), Duration.ofSeconds(10), 100),
        new RequestHeaderConfig.None());
  }

  private void learn(JsonNode review) {
    JsonNode user = review.path("status").path("user");
    if (user.isObject()) {
      cluster.user(review.get("spec").get("token").asString(), user);
    }
  }

  /** What the cluster said then to the same question about the same resource. */
  private static boolean recordedAnswer(JsonNode recorded, JsonNode spec) {
    return recorded
        .path("kube_reviews")
        .valueStream()
        .filter(review ->
            spec.get("resourceAttributes")
                .equals(FakeCluster.withoutHoles(review.get("spec").path("resourceAttributes"))))
        .findFirst()
        .map(review -> review.get("status").get("allowed").asBoolean())
        .orElse(true);
  }

  private static void check(ResultsAccess access, JsonNode recorded) {
    JsonNode request = recorded.get("request");
    TestHeaders headers = new TestHeaders();
    if (recorded.get("name").asString().equals("grpc-auth-two-tokens")) {
      headers.add("authorization", "Bearer nope"); // the recording kept the last value only
    }
    request
        .path("headers")
        .properties()
        .forEach(header ->
            headers.add(
                header.getKey().replaceFirst("^Grpc-Metadata-", ""), header.getValue().asString()));
    String path = request.get("path").asString().replaceFirst("\\?.*", "");
    if (path.startsWith("grpc-")) {
      boolean log = path.contains("getlog");
      access.check(
          headers,
          log ? Verb.GET : Verb.LIST,
          log ? Resource.LOGS : Resource.RESULTS,
          "default",
          Deadline.never());
      return;
    }
    Matcher parts = PATH.matcher(path);
    assertThat(parts.matches()).as(path).isTrue();
    access.check(
        headers,
        verb(request.get("method").asString(), path),
        resource(parts),
        parts.group(1),
        Deadline.never());
  }

  private static Resource resource(Matcher parts) {
    return switch (parts.group(3)) {
      case null -> Resource.RESULTS;
      case "records" -> Resource.RECORDS;
      default -> Resource.LOGS;
    };
  }

  private static Verb verb(String method, String path) {
    return switch (method) {
      case "POST" -> Verb.CREATE;
      case "PATCH" -> Verb.UPDATE;
      case "DELETE" -> Verb.DELETE;
      default -> path.matches(".*/(results|records|logs)") ? Verb.LIST : Verb.GET;
    };
  }

  /**
   * What was recorded, with three bugs mended: whether somebody may impersonate is asked for them
   * with their groups, uid and extra, every extra of the impersonated user counts, and so does one
   * whose name is percent-encoded.
   */
  private static List<Asked> expected(String name, JsonNode recorded) {
    List<Asked> expected = new ArrayList<>();
    JsonNode user = JSON.createObjectNode();
    for (JsonNode review : recorded.path("kube_reviews")) {
      JsonNode tokenOf = review.path("status").path("user");
      user = tokenOf.isObject() ? tokenOf : user;
      ObjectNode spec = review.get("spec").deepCopy().asObject();
      if (spec.path("resourceAttributes").path("verb").asString("").equals("impersonate")) {
        spec.set("groups", user.get("groups"));
        spec.set("uid", user.get("uid"));
        spec.set("extra", user.get("extra"));
      }
      expected.add(new Asked(review.get("path").asString(), FakeCluster.withoutHoles(spec)));
    }
    if (name.equals("auth-imp-user-uid-extra")) {
      ((ObjectNode) expected.getLast().spec().get("extra")).putArray("project").add("p");
    }
    if (name.equals("auth-imp-extra-percent-encoded")) {
      ObjectNode impersonate = expected.get(1).spec().deepCopy().asObject();
      impersonate
          .withObject("resourceAttributes")
          .put("group", "authentication.k8s.io")
          .put("resource", "userextras")
          .put("subresource", "acme.com/project")
          .put("name", "p");
      expected.add(2, new Asked(FakeCluster.ACCESS_REVIEWS, impersonate));
      ((ObjectNode) expected.getLast().spec())
          .putObject("extra")
          .putArray("acme.com/project")
          .add("p");
    }
    return expected;
  }

  private static void assertRefusal(JsonNode recorded, RequestException refusal) {
    JsonNode response = recorded.get("response");
    String status = response.get("status").asString();
    if (!status.equals("401") && !status.equals("UNAUTHENTICATED")) {
      assertThat(refusal).isNull();
      return;
    }
    assertThat(refusal.code()).isEqualTo(Code.UNAUTHENTICATED);
    JsonNode message =
        Stream.of(
                response.path("body").path("message"),
                response.path("body").path("error").path("message"),
                response.path("message"))
            .filter(JsonNode::isString)
            .findFirst()
            .orElse(null);
    if (message != null) { // what reads logs over REST says "Not Authorized" to all of them
      assertThat(refusal).hasMessage(message.asString());
    }
  }

  private static JsonNode read(String file) throws Exception {
    try (InputStream in = RecordedReviewsTest.class.getResourceAsStream(GOLDEN + file)) {
      return JSON.readTree(in);
    }
  }
}

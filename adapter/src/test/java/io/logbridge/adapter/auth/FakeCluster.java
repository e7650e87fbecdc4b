// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.logbridge.adapter.auth.AuthConfig.KubernetesApi;
import io.logbridge.backend.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The reviews of a Kubernetes API, by the rules of a test, over HTTP. */
public final class FakeCluster implements AutoCloseable {

  public static final String TOKEN_REVIEWS = "/apis/authentication.k8s.io/v1/tokenreviews";
  public static final String ACCESS_REVIEWS = "/apis/authorization.k8s.io/v1/subjectaccessreviews";

  private static final String FRONT_PROXIES =
      "/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication";

  /** By which Logbridge is known to the cluster. */
  public static final String OWN_TOKEN = "our-own-token-7d1f";

  private static final JsonMapper JSON = new JsonMapper();

  private final MockWebServer web = new MockWebServer();
  private final Map<String, JsonNode> users = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** What may be done, by the spec of a SubjectAccessReview. */
  public volatile Predicate<JsonNode> allowed = _ -> true;

  /** The ConfigMap {@code extension-apiserver-authentication}; {@code null} if there is none. */
  public volatile @Nullable JsonNode frontProxies;

  /** What is answered to everything, whatever the question. */
  public volatile @Nullable MockResponse trouble;

  /** A question that the cluster was asked; what is empty in it is left out. */
  public record Asked(String path, JsonNode spec) {}

  /** Starts the cluster, in clear text or with a certificate that nobody trusts. */
  public FakeCluster(boolean https) {
    web.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request);
          }
        });
    if (https) {
      web.useHttps();
    }
    web.start();
  }

  /** Makes a token somebody's, as the {@code status.user} of a TokenReview. */
  public void user(String token, JsonNode user) {
    users.put(token, user);
  }

  /** Makes a token somebody's. */
  public void user(String token, String name, String... groups) {
    ObjectNode user = JSON.createObjectNode().put("username", name);
    List.of(groups).forEach(user.putArray("groups")::add);
    user(token, user);
  }

  /** Makes a token nobody's. */
  public void forget(String token) {
    users.remove(token);
  }

  /**
   * Has the cluster say who its front proxies are, as kubeadm configures it.
   *
   * @param authority certificates in PEM
   * @param allowed the common names of theirs, as a list in JSON
   */
  public void frontProxies(String authority, String allowed) {
    ObjectNode map = JSON.createObjectNode().put("kind", "ConfigMap").put("apiVersion", "v1");
    map.putObject("metadata")
        .put("name", "extension-apiserver-authentication")
        .put("namespace", "kube-system");
    map.putObject("data")
        .put("requestheader-client-ca-file", authority)
        .put("requestheader-allowed-names", allowed)
        .put("requestheader-username-headers", "[\"X-Remote-User\"]")
        .put("requestheader-uid-headers", "[\"X-Remote-Uid\"]")
        .put("requestheader-group-headers", "[\"X-Remote-Group\"]")
        .put("requestheader-extra-headers-prefix", "[\"X-Remote-Extra-\"]");
    frontProxies = map;
  }

  /** All questions so far, in order. */
  public List<Asked> asked() {
    return asked;
  }

  public KubernetesApi api() {
    return api(Duration.ofSeconds(20));
  }

  public KubernetesApi api(Duration requestTimeout) {
    return new KubernetesApi(
        web.url("/").toString(), null, Secret.of(OWN_TOKEN), requestTimeout, 32);
  }

  private MockResponse answer(RecordedRequest request) {
    MockResponse instead = trouble;
    if (instead != null) {
      return instead;
    }
    if (!("Bearer " + OWN_TOKEN).equals(request.getHeader("Authorization"))) {
      return new MockResponse().setResponseCode(401);
    }
    if (FRONT_PROXIES.equals(request.getPath())) {
      JsonNode map = frontProxies;
      return map == null
          ? new MockResponse().setResponseCode(404)
          : new MockResponse()
              .setResponseCode(200)
              .setHeader("Content-Type", "application/json")
              .setBody(map.toString());
    }
    JsonNode review = JSON.readTree(request.getUtf8Body());
    JsonNode spec = withoutHoles(review.get("spec"));
    asked.add(new Asked(request.getPath(), spec));
    ObjectNode answer = review.deepCopy().asObject();
    answer.set("status", status(request.getPath(), spec));
    return new MockResponse()
        .setResponseCode(201)
        .setHeader("Content-Type", "application/json")
        .setBody(answer.toString());
  }

  private ObjectNode status(String path, JsonNode spec) {
    ObjectNode status = JSON.createObjectNode();
    if (path.equals(ACCESS_REVIEWS)) {
      return status.put("allowed", allowed.test(spec));
    }
    JsonNode user = users.get(spec.get("token").asString());
    status.put("authenticated", user != null);
    if (user != null) {
      status.set("user", user);
    }
    return status;
  }

  /** The same without empty objects, lists and texts, which mean what absence means. */
  public static JsonNode withoutHoles(JsonNode node) {
    if (!node.isObject()) {
      return node;
    }
    ObjectNode full = JSON.createObjectNode();
    node.properties()
        .forEach(entry -> {
          JsonNode value = withoutHoles(entry.getValue());
          boolean hole =
              value.isNull() || value.isContainer() ? value.isEmpty() : value.asString().isEmpty();
          if (!hole) {
            full.set(entry.getKey(), value);
          }
        });
    return full;
  }

  @Override
  public void close() {
    web.shutdown();
  }
}

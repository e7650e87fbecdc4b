// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.logbridge.adapter.auth.AuthConfig.KubernetesApi;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.trace.Traced;
import io.logbridge.adapter.trace.Traces;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks a cluster: a TokenReview says who has a token, a SubjectAccessReview what they may.
 *
 * <p>What the client library throws is not handed on. Its messages hold parts of the answer, and an
 * answer may hold parts of the question, which is somebody's token.
 */
final class KubernetesReviews implements Reviews {

  private final KubernetesClient client;
  private final List<String> audiences;
  private final KubernetesApi api;
  private final Semaphore places;

  KubernetesReviews(KubernetesClient client, KubernetesApi api, List<String> audiences) {
    this.client = client;
    this.api = api;
    this.audiences = List.copyOf(audiences);
    this.places = new Semaphore(api.concurrentRequests(), true);
  }

  @Override
  public Optional<Identity> authenticate(String token) {
    TokenReview question =
        new TokenReviewBuilder()
            .withNewSpec()
            .withToken(token)
            .withAudiences(audiences)
            .endSpec()
            .build();
    TokenReviewStatus answer =
        ask("TokenReview", () -> client.tokenReviews().create(question), TokenReview::getStatus);
    return Boolean.TRUE.equals(answer.getAuthenticated()) && isForUs(answer)
        ? Optional.of(identity(answer.getUser()))
        : Optional.empty();
  }

  /** A cluster that knows nothing of audiences names none, and has not looked at ours. */
  private boolean isForUs(TokenReviewStatus answer) {
    return audiences.isEmpty() || !Collections.disjoint(audiences, answer.getAudiences());
  }

  private static Identity identity(@Nullable UserInfo user) {
    if (user == null || user.getUsername() == null || user.getUsername().isEmpty()) {
      throw unanswered("TokenReview: a valid token without a user (expected: a user name)");
    }
    return new Identity(
        user.getUsername(),
        orEmpty(user.getUid()),
        orEmpty(user.getGroups()),
        orEmpty(user.getExtra()));
  }

  @Override
  public boolean isAllowed(Identity who, Permission what) {
    SubjectAccessReview question =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser(who.user())
            .withUid(orNull(who.uid()))
            .withGroups(who.groups())
            .withExtra(who.extra())
            .withNewResourceAttributes()
            .withGroup(orNull(what.group()))
            .withResource(what.resource())
            .withSubresource(orNull(what.subresource()))
            .withVerb(what.verb())
            .withNamespace(orNull(what.namespace()))
            .withName(orNull(what.name()))
            .endResourceAttributes()
            .endSpec()
            .build();
    SubjectAccessReviewStatus answer =
        ask(
            "SubjectAccessReview",
            () -> client.authorization().v1().subjectAccessReview().create(question),
            SubjectAccessReview::getStatus);
    return Boolean.TRUE.equals(answer.getAllowed());
  }

  private <R, S> S ask(
      String what, Supplier<@Nullable R> request, Function<R, @Nullable S> status) {
    R review;
    enter(what);
    try (Traced _ = Traces.request(what)) {
      review = request.get();
    } catch (RuntimeException e) {
      throw unanswered(what + ": " + reason(e));
    } finally {
      places.release();
    }
    S answer = review == null ? null : status.apply(review);
    if (answer == null) {
      throw unanswered(what + ": an answer without a status (expected: a status)");
    }
    return answer;
  }

  private void enter(String what) {
    try {
      if (places.tryAcquire(api.requestTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw unanswered(
        "%s: no place among %d requests (auth.kubernetes.concurrentRequests)"
            .formatted(what, api.concurrentRequests()));
  }

  private static RequestException unanswered(String reason) {
    return new RequestException(
        Code.UNAVAILABLE,
        "whether this is allowed cannot be found out: the Kubernetes API does not say",
        new IOException(reason));
  }

  private static String reason(RuntimeException e) {
    int code = e instanceof KubernetesClientException answer ? answer.getCode() : 0;
    if (code == 401 || code == 403) {
      return "the Kubernetes API answers %d to us (expected: 201; does our service account have the ClusterRole system:auth-delegator?)"
          .formatted(code);
    }
    if (code > 0) {
      return "the Kubernetes API answers " + code + " (expected: 201)";
    }
    // Those of the network only: their messages hold nothing of the question or of the answer.
    String causes =
        Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
            .filter(cause -> cause instanceof IOException)
            .map(KubernetesReviews::text)
            .distinct()
            .collect(Collectors.joining(", "));
    return causes.isEmpty() ? "an answer that cannot be read" : causes;
  }

  private static String text(Throwable cause) {
    String name = cause.getClass().getSimpleName();
    return cause.getMessage() == null ? name : name + ": " + cause.getMessage();
  }

  @Override
  public void close() {
    client.close();
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static List<String> orEmpty(@Nullable List<String> list) {
    return list == null ? List.of() : list;
  }

  private static Map<String, List<String>> orEmpty(@Nullable Map<String, List<String>> map) {
    return map == null ? Map.of() : map;
  }
}

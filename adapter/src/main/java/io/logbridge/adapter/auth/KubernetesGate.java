// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import com.github.benmanes.caffeine.cache.Ticker;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.Secret;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code auth.mode: kubernetes}: a bearer token is somebody's if the cluster says so, and they may
 * what the cluster lets them. Follows Tekton Results in what it asks and in the words of its
 * refusals.
 */
public final class KubernetesGate implements AccessGate {

  /** More than any client has; each may cost a question to the cluster. */
  private static final int MAX_CREDENTIALS = 4;

  private final CachedReviews reviews;
  private final boolean impersonation;
  private final @Nullable FrontProxies frontProxies;

  KubernetesGate(
      CachedReviews reviews, boolean impersonation, @Nullable FrontProxies frontProxies) {
    this.reviews = reviews;
    this.impersonation = impersonation;
    this.frontProxies = frontProxies;
  }

  /**
   * Does not connect to the cluster yet; close it in the end.
   *
   * @param frontProxies whose word for who asks is taken, and that belong to the gate from now on;
   *     {@code null} for none
   */
  public static KubernetesGate open(
      AuthConfig.Kubernetes config,
      @Nullable FrontProxies frontProxies,
      InstantSource clock,
      MeterRegistry meters) {
    Reviews reviews =
        new KubernetesReviews(
            KubernetesClients.create(config.api()), config.api(), config.audiences());
    return new KubernetesGate(
        new CachedReviews(
            reviews,
            config.cache(),
            config.api().requestTimeout(),
            Ticker.systemTicker(),
            clock,
            meters),
        config.impersonation(),
        frontProxies);
  }

  @Override
  public Caller check(RequestHeaders headers, Permission what, Deadline deadline) {
    // The word of a proxy is all that counts of its requests: a token beside it is not looked at.
    Optional<Identity> proxied =
        frontProxies == null ? Optional.empty() : frontProxies.identity(headers);
    return switch (proxied.isPresent()
        ? judge(proxied.get(), null, impersonation(headers), what, deadline)
        : judge(headers, what, deadline)) {
      case Verdict.Allowed(Caller caller) -> caller;
      case Verdict.Refused(RequestException reason) -> throw reason;
    };
  }

  /** Judges by the tokens of a request. */
  private Verdict judge(RequestHeaders headers, Permission what, Deadline deadline) {
    List<String> credentials = headers.all("authorization");
    if (credentials.isEmpty()) {
      throw unauthenticated("unable to find token");
    }
    if (credentials.size() > MAX_CREDENTIALS) {
      throw RequestException.invalid(
          "authorization", credentials.size() + " values", "at most " + MAX_CREDENTIALS);
    }
    Impersonation wish = impersonation(headers);
    Verdict verdict = new Verdict.Refused(unauthenticated("permission denied"));
    for (String credential : credentials) {
      String token = Tokens.of(credential);
      if (token == null) {
        continue;
      }
      Optional<Identity> owner = reviews.authenticate(token, deadline);
      if (owner.isPresent()) {
        verdict = judge(owner.get(), Secret.of(token), wish, what, deadline);
      }
      if (verdict instanceof Verdict.Allowed) {
        break;
      }
    }
    return verdict;
  }

  private sealed interface Verdict {
    record Allowed(Caller caller) implements Verdict {}

    record Refused(RequestException reason) implements Verdict {}
  }

  private @Nullable Impersonation impersonation(RequestHeaders headers) {
    if (!Impersonation.isAskedFor(headers)) {
      return null;
    }
    if (!impersonation) {
      // To let it pass as the caller themselves would give a proxy's rights to whom it speaks for.
      throw unauthenticated("impersonation is not possible here (auth.impersonation: false)");
    }
    return Impersonation.of(headers);
  }

  private Verdict judge(
      Identity owner,
      @Nullable Secret token,
      @Nullable Impersonation wish,
      Permission what,
      Deadline deadline) {
    if (wish == null) {
      return judge(owner, token, what, deadline);
    }
    for (Permission needed : wish.needed()) {
      if (!reviews.isAllowed(owner, needed, deadline)) {
        return new Verdict.Refused(
            unauthenticated(
                "permission denied: forbidden: '%s' doesn't have permission to impersonate '%s'"
                    .formatted(owner.user(), needed.resource())));
      }
    }
    return judge(wish.identity(), null, what, deadline);
  }

  private Verdict judge(Identity who, @Nullable Secret token, Permission what, Deadline deadline) {
    return reviews.isAllowed(who, what, deadline)
        ? new Verdict.Allowed(new Caller(who.user(), token))
        : new Verdict.Refused(
            new RequestException(
                Code.PERMISSION_DENIED, "User \"" + who.user() + "\" cannot " + what));
  }

  private static RequestException unauthenticated(String message) {
    return new RequestException(Code.UNAUTHENTICATED, message);
  }

  @Override
  public void close() {
    if (frontProxies != null) {
      frontProxies.close();
    }
    reviews.close();
  }
}

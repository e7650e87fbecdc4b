// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.backend.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CachedReviewsTest {

  private static final Identity JANE = new Identity("jane", "", List.of("devs"), Map.of());
  private static final Permission READ = new Permission("g", "logs", "", "get", "ns", "");
  private static final Deadline NEVER = Deadline.never();

  private final TestClock clock = new TestClock();
  private final Rules rules = new Rules();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final CachedReviews reviews = reviews(100);

  private CachedReviews reviews(int entries) {
    return new CachedReviews(
        rules,
        new AuthConfig.Cache(Duration.ofSeconds(10), Duration.ofSeconds(3), entries),
        Duration.ofSeconds(30),
        clock,
        clock,
        meters);
  }

  /** Reviews by the rules of a test. */
  private static final class Rules implements Reviews {
    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile boolean known = true;
    volatile boolean allowed = true;
    volatile Runnable before = () -> {};

    @Override
    public Optional<Identity> authenticate(String token) {
      asked.add(token);
      before.run();
      return known ? Optional.of(JANE) : Optional.empty();
    }

    @Override
    public boolean isAllowed(Identity who, Permission what) {
      asked.add(who.user() + " " + what.verb() + " " + what.namespace());
      before.run();
      return allowed;
    }

    @Override
    public void close() {}
  }

  @Test
  void aValidToken_isBelievedForTenSecondsAndNoLonger() {
    assertThat(reviews.authenticate("t", NEVER)).contains(JANE);
    rules.known = false;
    clock.advance(Duration.ofMillis(9_999));
    assertThat(reviews.authenticate("t", NEVER)).contains(JANE);

    clock.advance(Duration.ofMillis(1));

    assertThat(reviews.authenticate("t", NEVER)).isEmpty();
    assertThat(rules.asked).containsExactly("t", "t");
  }

  @Test
  void anInvalidToken_isRememberedForThreeSeconds() {
    rules.known = false;
    assertThat(reviews.authenticate("t", NEVER)).isEmpty();
    rules.known = true;
    clock.advance(Duration.ofMillis(2_999));
    assertThat(reviews.authenticate("t", NEVER)).isEmpty();

    clock.advance(Duration.ofMillis(1));

    assertThat(reviews.authenticate("t", NEVER)).contains(JANE);
  }

  @Test
  void aTokenThatEndsSooner_isBelievedUntilItsEnd() {
    String token = jwt("{\"exp\":%d}".formatted(TestClock.START.getEpochSecond() + 4));
    assertThat(reviews.authenticate(token, NEVER)).contains(JANE);
    rules.known = false;
    clock.advance(Duration.ofMillis(3_999));
    assertThat(reviews.authenticate(token, NEVER)).contains(JANE);

    clock.advance(Duration.ofMillis(1));

    assertThat(reviews.authenticate(token, NEVER)).isEmpty();
  }

  @Test
  void aTokenThatHasEndedByOurClock_isAskedForEachTime() {
    String token = jwt("{\"exp\":%d}".formatted(TestClock.START.getEpochSecond() - 1));

    assertThat(reviews.authenticate(token, NEVER)).contains(JANE);
    assertThat(reviews.authenticate(token, NEVER)).contains(JANE);

    assertThat(rules.asked).hasSize(2);
  }

  @Test
  void aPermission_isBelievedForTenSecondsAndARefusalForThree() {
    assertThat(reviews.isAllowed(JANE, READ, NEVER)).isTrue();
    rules.allowed = false;
    clock.advance(Duration.ofMillis(9_999));
    assertThat(reviews.isAllowed(JANE, READ, NEVER)).isTrue();
    clock.advance(Duration.ofMillis(1));
    assertThat(reviews.isAllowed(JANE, READ, NEVER)).isFalse();
    rules.allowed = true;
    clock.advance(Duration.ofMillis(2_999));
    assertThat(reviews.isAllowed(JANE, READ, NEVER)).isFalse();

    clock.advance(Duration.ofMillis(1));

    assertThat(reviews.isAllowed(JANE, READ, NEVER)).isTrue();
  }

  @Test
  void whatDiffersInAnything_isAnotherQuestion() {
    Permission elsewhere = new Permission("g", "logs", "", "get", "other", "");
    Identity inAnotherGroup = new Identity("jane", "", List.of("ops"), Map.of());
    Identity withExtra = new Identity("jane", "", List.of("devs"), Map.of("scope", List.of("a")));

    reviews.isAllowed(JANE, READ, NEVER);
    reviews.isAllowed(JANE, elsewhere, NEVER);
    reviews.isAllowed(inAnotherGroup, READ, NEVER);
    reviews.isAllowed(withExtra, READ, NEVER);

    assertThat(rules.asked)
        .containsExactly("jane get ns", "jane get other", "jane get ns", "jane get ns");
  }

  @Test
  void aQuestionThatManyAskAtOnce_isPutOnce() throws Exception {
    CountDownLatch asking = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    rules.before =
        () -> {
          asking.countDown();
          await(answer);
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Optional<Identity>>> all = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        all.add(threads.submit(() -> reviews.authenticate("t", NEVER)));
      }
      await(asking);
      answer.countDown();
      for (Future<Optional<Identity>> one : all) {
        assertThat(one.get(30, TimeUnit.SECONDS)).contains(JANE);
      }
    }

    assertThat(rules.asked).containsExactly("t");
  }

  @Test
  void aFailure_isNoAnswerAndIsNotRemembered() {
    rules.before =
        () -> {
          throw new RequestException(Code.UNAVAILABLE, "nobody answers");
        };
    assertThatThrownBy(() -> reviews.authenticate("t", NEVER))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.UNAVAILABLE))
        .hasMessage("nobody answers");
    rules.before = () -> {};

    assertThat(reviews.authenticate("t", NEVER)).contains(JANE);
  }

  @Test
  void aDeadline_endsTheWaitAndLeavesTheAnswerToTheOthers() {
    CountDownLatch answer = new CountDownLatch(1);
    rules.before = () -> await(answer);

    assertThatThrownBy(() -> reviews.authenticate("t", Deadline.after(Duration.ofMillis(50))))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.DEADLINE_EXCEEDED));
    answer.countDown();

    assertThat(reviews.authenticate("t", NEVER)).contains(JANE);
    assertThat(rules.asked).containsExactly("t");
  }

  @Test
  void questionsAreCounted_andReviewsTimed() {
    reviews.authenticate("t", NEVER);
    reviews.authenticate("t", NEVER);
    rules.before =
        () -> {
          throw new RequestException(Code.UNAVAILABLE, "down");
        };
    assertThatThrownBy(() -> reviews.authenticate("another", NEVER))
        .isInstanceOf(RequestException.class);

    assertThat(meters.get("logbridge.access.questions").tag("kind", "token").counter().count())
        .isEqualTo(3);
    assertThat(timed("answered")).isEqualTo(1);
    assertThat(timed("failed")).isEqualTo(1);
  }

  private long timed(String outcome) {
    return meters
        .get("logbridge.access.reviews")
        .tags("kind", "token", "outcome", outcome)
        .timer()
        .count();
  }

  @Test
  void noAnswerWithinOurPatience_isUnavailableNotARefusal() {
    CountDownLatch never = new CountDownLatch(1);
    rules.before = () -> await(never);
    CachedReviews impatient =
        new CachedReviews(
            rules,
            new AuthConfig.Cache(Duration.ofSeconds(10), Duration.ofSeconds(3), 10),
            Duration.ofMillis(50),
            clock,
            clock,
            meters);

    assertThatThrownBy(() -> impatient.authenticate("t", NEVER))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.UNAVAILABLE));
    never.countDown();
  }

  @Test
  void howMuchIsRemembered_isLimited() {
    CachedReviews small = reviews(10);
    for (int i = 0; i < 200; i++) {
      small.authenticate("t" + i, NEVER);
    }
    rules.asked.clear();

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          rules.asked.clear();
          for (int i = 0; i < 200; i++) {
            small.authenticate("t" + i, NEVER);
          }
          assertThat(rules.asked).hasSizeGreaterThanOrEqualTo(180);
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String jwt(String claims) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8))
        + "."
        + encoder.encodeToString(claims.getBytes(UTF_8))
        + ".c2ln";
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.backend.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who asks for whom, and what each gets. */
@Timeout(60)
class RecordLookupsTest {

  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  /** What each statement asks for, as it begins. */
  private final BlockingQueue<List<String>> asked = new LinkedBlockingQueue<>();

  private final BlockingQueue<Deadline> deadlines = new LinkedBlockingQueue<>();

  /** Lets one statement end: with an error, or with what there is. */
  private final BlockingQueue<Object> ends = new SynchronousQueue<>();

  private static final Object FOUND = "found";

  private final RecordLookups<String> lookups = new RecordLookups<>(1, this::statement);

  @AfterEach
  void close() {
    callers.shutdownNow();
  }

  @Test
  void asManyStatementsAsMayRun_runAtOnceForOneNameEach() throws Exception {
    RecordLookups<String> two = new RecordLookups<>(2, this::statement);
    Future<@Nullable String> a = callers.submit(() -> two.find(name("a"), Deadline.never()));
    assertThat(asked.take()).containsExactly("a");
    Future<@Nullable String> b = callers.submit(() -> two.find(name("b"), Deadline.never()));
    assertThat(asked.take()).containsExactly("b");
    ends.put(FOUND);
    ends.put(FOUND);
    assertThat(a.get()).isEqualTo("row of a");
    assertThat(b.get()).isEqualTo("row of b");
  }

  @Test
  void whoWaits_isAskedForWithOthersInTheOrderTheyCame() throws Exception {
    Future<@Nullable String> first = begin("first");
    List<Future<@Nullable String>> waiting = new ArrayList<>();
    for (String name : List.of("a", "b", "none", "a", "c")) {
      waiting.add(await(name, Deadline.never()));
    }
    ends.put(FOUND);
    assertThat(first.get()).isEqualTo("row of first");

    assertThat(asked.take()).containsExactly("a", "b", "none", "a");
    ends.put(FOUND);
    assertThat(asked.take()).containsExactly("c");
    ends.put(FOUND);
    assertThat(waiting.get(0).get()).isEqualTo("row of a");
    assertThat(waiting.get(1).get()).isEqualTo("row of b");
    assertThat(waiting.get(2).get()).isNull();
    assertThat(waiting.get(3).get()).isEqualTo("row of a");
    assertThat(waiting.get(4).get()).isEqualTo("row of c");
  }

  @Test
  void aStatementHasABoundedNumberOfNames() throws Exception {
    Future<?> _ = begin("first");
    for (int i = 0; i < 24; i++) {
      Future<?> _ = await("n" + i, Deadline.never());
    }
    ends.put(FOUND);
    assertThat(asked.take()).hasSize(16);
    ends.put(FOUND);
    assertThat(asked.take()).hasSize(8);
    ends.put(FOUND);
  }

  @Test
  void aFailure_reachesAllItsStatementAskedForAndNobodyElse() throws Exception {
    Future<?> _ = begin("first");
    Future<@Nullable String> a = await("a", Deadline.never());
    Future<@Nullable String> b = await("b", Deadline.never());
    Future<@Nullable String> c = await("c", Deadline.never());
    ends.put(FOUND);
    assertThat(asked.take()).containsExactly("a", "b");
    ends.put(new RequestException(Code.UNAVAILABLE, "the database does not answer"));

    assertThat(asked.take()).containsExactly("c");
    ends.put(FOUND);
    assertThatThrownBy(a::get).hasRootCauseMessage("the database does not answer");
    assertThatThrownBy(b::get).hasRootCauseMessage("the database does not answer");
    assertThat(c.get()).isEqualTo("row of c");
  }

  /** A bug of ours must not leave others waiting for ever. */
  @Test
  void anError_isAFailureToo() throws Exception {
    Future<?> _ = begin("first");
    Future<@Nullable String> a = await("a", Deadline.never());
    Future<@Nullable String> b = await("b", Deadline.never());
    ends.put(FOUND);
    assertThat(asked.take()).containsExactly("a", "b");
    ends.put(new AssertionError("a bug"));

    assertThatThrownBy(a::get).hasRootCauseMessage("a bug");
    assertThatThrownBy(b::get).hasRootCauseMessage("a bug");
    Future<?> _ = begin("next");
    ends.put(FOUND);
  }

  @Test
  void whoseDeadlinePasses_leavesAndIsNotAskedFor() throws Exception {
    Future<?> _ = begin("first");
    Future<@Nullable String> hurried =
        callers.submit(() -> lookups.find(name("hurried"), Deadline.after(Duration.ofMillis(20))));

    assertThatThrownBy(hurried::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(RequestException.class)
        .hasRootCauseMessage("the deadline passed before the database had answered");
    assertThat(lookups.waiting()).isZero();
    Future<?> _ = await("a", Deadline.never());
    ends.put(FOUND);
    assertThat(asked.take()).containsExactly("a");
    ends.put(FOUND);
  }

  @Test
  void aStatement_hasTheLongestDeadlineOfThoseItAsksFor() throws Exception {
    Deadline longest = Deadline.after(Duration.ofHours(3));
    Future<?> _ = begin("first");
    deadlines.take();
    Future<?> _ = await("a", Deadline.after(Duration.ofHours(2)));
    Future<?> _ = await("b", longest);
    ends.put(FOUND);
    assertThat(asked.take()).containsExactly("a", "b");
    assertThat(deadlines.take()).isSameAs(longest);
    ends.put(FOUND);
  }

  /** Its statement runs when this returns. */
  private Future<@Nullable String> begin(String name) throws InterruptedException {
    Future<@Nullable String> call =
        callers.submit(() -> lookups.find(name(name), Deadline.never()));
    assertThat(asked.take()).containsExactly(name);
    return call;
  }

  /** It waits for a statement to end when this returns. */
  private Future<@Nullable String> await(String name, Deadline deadline) {
    int before = lookups.waiting();
    Future<@Nullable String> call = callers.submit(() -> lookups.find(name(name), deadline));
    Awaitility.await().atMost(30, SECONDS).until(() -> lookups.waiting() == before + 1);
    return call;
  }

  private Map<RecordName, String> statement(List<RecordName> names, Deadline deadline) {
    deadlines.add(deadline);
    asked.add(names.stream().map(RecordName::record).toList());
    Map<RecordName, String> found = new HashMap<>();
    for (RecordName name : names) {
      if (!name.record().equals("none")) {
        found.put(name, "row of " + name.record());
      }
    }
    return switch (end()) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> found;
    };
  }

  private Object end() {
    try {
      return ends.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RecordName name(String record) {
    return new RecordName(new ResultName("ns", "r"), record);
  }
}

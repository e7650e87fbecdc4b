// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.record.LogName;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogBackend;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Streams the log of a run that has not ended, or not long ago, until it has and all of it has had
 * the time to reach the store.
 *
 * <p>What is there already is written container by container, like the log of a run that has ended;
 * what comes after is written as it comes, line by line, and events as they become known.
 * Containers, attempts and TaskRuns are taken up when the records name them.
 */
final class LogFollower {

  private final LogBackend backend;
  private final Following following;
  private final Function<FoundRun, LogPlan> planner;
  private final CallScope scope;
  private final LimitedSink sink;
  private final ChunkWriter out;
  private final EventLines events;
  private final Bell bell = new Bell();
  private final Map<ContainerRef, FollowedPart> parts = new LinkedHashMap<>();
  private LogPlan plan;

  /**
   * @param plan of the run as it is
   * @param planner makes it anew when the records have been read again
   */
  LogFollower(
      LogBackend backend,
      Following following,
      LogPlan plan,
      Function<FoundRun, LogPlan> planner,
      LogSink sink,
      CallScope scope) {
    this.backend = backend;
    this.following = following;
    this.planner = planner;
    this.plan = plan;
    this.scope = scope;
    this.sink = new LimitedSink(sink, plan.options());
    this.out = new ChunkWriter(this.sink);
    this.events =
        new EventLines(
            new EventWriter(out, plan.options().format()),
            plan.events(),
            plan.options().tailLines() != null);
  }

  void run(LogName name) {
    try (var run = following.run(new RunKey(name, plan.options().events()));
        var _ = run.value().listen(bell);
        var _ = scope.onCancel(bell::ring)) {
      takeUp();
      Integer tail = plan.options().tailLines();
      if (tail != null) {
        tail(tail);
      }
      follow(run.value());
    } finally {
      parts.values().forEach(FollowedPart::close);
    }
  }

  private void follow(RunWatch run) {
    while (true) {
      long seen = bell.count();
      deliver();
      if (sink.isFull()) {
        return;
      }
      if (plan.settled() && parts.values().stream().allMatch(FollowedPart::isComplete)) {
        finish();
        return;
      }
      await(seen);
      FoundRun latest = run.latest();
      if (latest != null) {
        plan = planner.apply(latest);
        events.add(plan.events());
        takeUp();
      }
    }
  }

  private void await(long seen) {
    scope.throwIfCancelled();
    bell.awaitMoreThan(seen);
    scope.throwIfCancelled();
    if (scope.deadline().isExpired()) {
      throw new RequestException(
          Code.DEADLINE_EXCEEDED, "the deadline passed while the run was followed");
    }
  }

  /** Begins to follow what is new in the plan. */
  private void takeUp() {
    for (ContainerLog part : plan.parts()) {
      FollowedPart known = parts.get(part.container());
      if (known == null) {
        parts.put(part.container(), begin(part));
      } else {
        known.update(part);
      }
    }
  }

  private FollowedPart begin(ContainerLog part) {
    return new FollowedPart(
        backend, scope, part, following.tail(part.container(), scope.caller()), bell, this::lines);
  }

  /** Asked for each line, since a second container makes the first one need its prefix. */
  private LineSink lines(ContainerLog part) {
    return events.among(LineFormat.of(plan, out).lines(part));
  }

  /** Begins with the last lines of what there is, and not with the first. */
  private void tail(int lines) {
    Map<ContainerRef, LogTail.Recent> recent = new LinkedHashMap<>();
    for (Map.Entry<ContainerRef, FollowedPart> part : parts.entrySet()) {
      awaitFirstLook(part.getValue());
      recent.put(part.getKey(), part.getValue().joinAtTail());
    }
    if (lines > 0) {
      new LogTail(backend, plan, recent, scope, LogTail.Room.ofACall())
          .read(
              lines,
              (part, toDrop, entries) ->
                  part(part.container()).begin(toDrop, entries, sink::isFull));
    } else {
      events.skip(); // with the lines that there are
    }
  }

  private void awaitFirstLook(FollowedPart part) {
    long seen = bell.count();
    while (!part.hasLooked()) {
      await(seen);
      seen = bell.count();
    }
  }

  private FollowedPart part(ContainerRef container) {
    @Nullable FollowedPart part = parts.get(container);
    if (part == null) {
      throw new IllegalStateException(container + " is not followed");
    }
    return part;
  }

  private void deliver() {
    boolean behind = true;
    while (behind) {
      behind = false;
      for (FollowedPart part : parts.values()) {
        behind |= part.catchUp();
      }
    }
    // Asked before: what a look finds that ends meanwhile is not among what is delivered here.
    boolean looked = parts.values().stream().allMatch(FollowedPart::hasLooked);
    parts.values().forEach(FollowedPart::deliver);
    if (looked) {
      events.finish(); // what no line follows that is known by now is not kept from whoever waits
    }
    out.flush();
  }

  private void finish() {
    parts.values().forEach(FollowedPart::finish);
    out.flush();
    boolean anything = parts.values().stream().anyMatch(FollowedPart::hasDelivered);
    plan.throwIfLacking(anything);
    if (!anything) {
      EmptyLog.report(plan, backend, sink, scope);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.EventStore;
import io.logbridge.adapter.record.LogName;
import io.logbridge.adapter.record.ObjectSearch.Kind;
import io.logbridge.adapter.record.Run;
import io.logbridge.adapter.record.Run.PipelineRun;
import io.logbridge.adapter.record.Run.TaskRun;
import io.logbridge.adapter.record.RunEvent;
import io.logbridge.adapter.record.RunStore;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.TimeRange;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Answers GetLog: finds the run, plans what to read, and streams it; or deletes it.
 *
 * <p>Methods block their caller's thread. Safe for use by many threads.
 */
public final class LogService {

  private final RunStore runs;
  private final EventStore events;
  private final LogBackend backend;
  private final LogPlanner planner;
  private final Following following;

  public LogService(
      Database database, LogBackend backend, LogSettings settings, InstantSource clock) {
    this.runs = new RunStore(database);
    this.events = new EventStore(database);
    this.backend = backend;
    this.planner = new LogPlanner(settings, clock);
    this.following = new Following(backend, this::find, FollowSettings.of(settings), clock);
  }

  /**
   * Finds out what has to be read, without asking the log store.
   *
   * @throws io.logbridge.adapter.error.RequestException if there is no such run, or it has no log
   */
  public LogPlan plan(LogName name, LogOptions options, CallScope scope) {
    FoundRun found = find(name, scope.deadline());
    return planner.plan(options.events() ? withEvents(found, scope.deadline()) : found, options);
  }

  /**
   * Finds out what has to be read for a container of a pod, without asking the log store.
   *
   * @param options its containers are not looked at
   * @return nothing if no record knows the pod
   */
  public Optional<LogPlan> planPod(ContainerRef container, LogOptions options, CallScope scope) {
    return findPod(container.namespace(), container.pod(), scope)
        .map(found -> planPod(found, container.container(), options));
  }

  /**
   * Finds the run that a pod was of.
   *
   * @return nothing if no record knows the pod
   */
  public Optional<FoundPod> findPod(String namespace, String pod, CallScope scope) {
    return runs.findByPod(namespace, pod, scope.deadline())
        .map(found -> new FoundPod(namespace, pod, found.name(), found.run()));
  }

  /**
   * The name of the log of the run that has this name in Kubernetes.
   *
   * @return nothing if no record knows the run
   */
  public Optional<LogName> findLog(String namespace, Kind kind, String run, CallScope scope) {
    return runs.findByName(namespace, kind, run, scope.deadline());
  }

  /**
   * What has to be read for a container of a pod.
   *
   * @param container one that the record names, or another: only the store can tell whether it ran
   * @param options its containers are not looked at
   * @throws RequestException if Kubernetes can have no such container
   */
  public LogPlan planPod(FoundPod pod, String container, LogOptions options) {
    return planner.plan(pod, container, options);
  }

  /**
   * What has to be read for a container that no record knows.
   *
   * @param written when it ran
   */
  public LogPlan planUnknown(ContainerRef container, TimeRange written, LogOptions options) {
    return planner.plan(container, written, options);
  }

  private FoundRun find(RunKey key) {
    FoundRun found = find(key.name(), Deadline.never());
    return key.events() ? withEvents(found, Deadline.never()) : found;
  }

  private FoundRun find(LogName name, Deadline deadline) {
    Run run = runs.find(name, deadline);
    return switch (run) {
      case TaskRun _ -> new FoundRun(name, run, List.of());
      case PipelineRun pipelineRun ->
          new FoundRun(name, run, runs.taskRuns(name, pipelineRun, deadline));
    };
  }

  private FoundRun withEvents(FoundRun found, Deadline deadline) {
    List<RunEvent> all =
        Stream.concat(Stream.of(found.run()), found.taskRuns().stream())
            .flatMap(run -> events.of(found.name(), run, deadline).stream())
            .sorted(Comparator.comparing(RunEvent::time))
            .toList();
    return new FoundRun(found.name(), found.run(), found.taskRuns(), all);
  }

  /**
   * Writes the log. When it returns, every byte of it has been handed to the sink.
   *
   * @throws io.logbridge.backend.LogBackendException if the store fails
   * @throws RequestException if the log is not complete, or the store is asked as the caller and
   *     the call has no token
   * @throws CancelledException if the client leaves
   */
  public void stream(LogPlan plan, LogSink sink, CallScope scope) {
    requireCaller(scope);
    LogName name = plan.name();
    if (name != null && plan.options().follow() && !plan.settled()) {
      new LogFollower(backend, following, plan, found -> planner.again(plan, found), sink, scope)
          .run(name);
    } else {
      new LogStreamer(backend, plan, sink, scope).run();
    }
  }

  private void requireCaller(CallScope scope) {
    if (backend.asksAsCaller() && scope.caller() == null) {
      throw new RequestException(
          Code.UNAUTHENTICATED,
          backend.type()
              + " is asked with the token of the caller, and this call has none (expected:"
              + " Authorization: Bearer and the caller's own token, without impersonation)");
    }
  }

  /**
   * How large logs are, which costs as much as reading them. Nothing where there is no run of that
   * name, or it has no log.
   *
   * @throws io.logbridge.backend.LogBackendException if the store fails
   * @throws RequestException if a log is not complete
   * @throws CancelledException if the client leaves
   */
  public List<Optional<LogSize>> measure(List<LogName> names, CallScope scope) {
    requireCaller(scope);
    return new LogMeasure(this, scope).of(names);
  }

  /**
   * Deletes from the store what the run wrote. What a failure leaves can be deleted by another
   * call.
   *
   * @throws io.logbridge.backend.LogBackendException if the store fails
   * @throws io.logbridge.adapter.error.RequestException if there is no such run, or not all of its
   *     containers are known; then nothing is deleted
   * @throws CancelledException if the call is cancelled
   */
  public void delete(LogName name, CallScope scope) {
    LogPlan plan = plan(name, LogOptions.NONE, scope);
    if (plan.missing() != null) {
      throw new RequestException(Code.FAILED_PRECONDITION, plan.missing());
    }
    for (ContainerLog part : plan.parts()) {
      StoreTask.run(
          "log-deletion",
          () -> {
            backend.delete(part.container(), part.range(), scope.deadline());
            return true;
          },
          scope);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.record.LogName;
import io.logbridge.adapter.record.Run;
import io.logbridge.adapter.record.Run.Attempt;
import io.logbridge.adapter.record.Run.Child;
import io.logbridge.adapter.record.Run.Container;
import io.logbridge.adapter.record.Run.PipelineRun;
import io.logbridge.adapter.record.Run.TaskRun;
import io.logbridge.adapter.record.RunEvent;
import io.logbridge.adapter.stream.LogSettings.Prefix;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.TimeRange;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns a run into the containers and windows to read.
 *
 * <p>The log of a TaskRun is that of its attempts, first to last; of each attempt that of its steps
 * in order, then of its sidecars. The log of a PipelineRun is that of its TaskRuns in the order in
 * which they were started. This is how {@code tkn} writes them, and it needs no more than one
 * container's page in memory.
 */
final class LogPlanner {

  private final LogSettings settings;
  private final InstantSource clock;

  LogPlanner(LogSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  LogPlan plan(FoundRun found, LogOptions options) {
    // Where nothing happened, the log is as if nobody had asked what did.
    LogOptions told = found.events().isEmpty() ? options.withoutEvents() : options;
    LogPlan plan =
        switch (found.run()) {
          case TaskRun run -> plan(found.name(), run, told);
          case PipelineRun run -> plan(found.name(), run, found.taskRuns(), told);
        };
    return plan.with(
        found.events().stream().filter(event -> isWanted(event, options)).toList(), options);
  }

  /** The plan again, for the run as it is now. */
  LogPlan again(LogPlan plan, FoundRun found) {
    if (plan.ofPod() && found.run() instanceof TaskRun run) {
      ContainerRef container = plan.parts().getFirst().container();
      FoundPod pod = new FoundPod(container.namespace(), container.pod(), found.name(), run);
      return plan(pod, container.container(), plan.options());
    }
    return plan(found, plan.options());
  }

  private static boolean isWanted(RunEvent event, LogOptions options) {
    Instant since = options.since();
    Instant until = options.until();
    return (since == null || !event.time().isBefore(since))
        && (until == null || event.time().isBefore(until));
  }

  /** The plan for a TaskRun. */
  LogPlan plan(LogName name, TaskRun run, LogOptions options) {
    if (run.attempts().isEmpty() && !isAwaited(run, options) && !options.events()) {
      throw noPod("TaskRun " + run.name(), run.condition());
    }
    Parts parts = new Parts(name, options);
    parts.add(run, null);
    return parts.plan(run.completionTime(), null);
  }

  /** The plan for a PipelineRun of which there are records of these TaskRuns. */
  LogPlan plan(LogName name, PipelineRun run, List<TaskRun> taskRuns, LogOptions options) {
    Parts parts = new Parts(name, options);
    for (TaskRun taskRun : taskRuns) {
      parts.add(taskRun, task(run, taskRun));
    }
    String missing = missing(run, taskRuns);
    boolean nothing = parts.known.isEmpty() && missing == null;
    if (nothing && !isAwaited(run, options) && !options.events()) {
      throw noPod("PipelineRun " + run.name(), run.condition());
    }
    return parts.plan(run.completionTime(), missing);
  }

  /** The plan for one container of a pod. */
  LogPlan plan(FoundPod pod, String container, LogOptions options) {
    Attempt attempt = pod.attempt();
    String step =
        attempt.containers().stream()
            .filter(candidate -> candidate.name().equals(container))
            .map(Container::label)
            .findFirst()
            .orElse(container);
    TimeRange window = window(attempt.startTime(), attempt.completionTime(), options);
    ContainerRef reference = reference(pod.log(), pod.pod(), container);
    return single(
        pod.log(),
        new ContainerLog(reference, window, null, step),
        options,
        attempt.completionTime());
  }

  /** The plan for a container that no record knows. */
  LogPlan plan(ContainerRef container, TimeRange written, LogOptions options) {
    TimeRange window = window(written.start(), written.end(), options);
    ContainerLog part = new ContainerLog(container, window, null, container.container());
    return single(null, part, options, written.end());
  }

  private static ContainerRef reference(LogName name, String pod, String container) {
    try {
      return new ContainerRef(name.parent(), pod, null, container);
    } catch (IllegalArgumentException e) {
      throw new RequestException(
          Code.FAILED_PRECONDITION,
          "the record of " + name + " names no container: " + e.getMessage(),
          e);
    }
  }

  private LogPlan single(
      @Nullable LogName name,
      ContainerLog part,
      LogOptions options,
      @Nullable Instant completionTime) {
    boolean prefixed =
        options.prefix() == null ? settings.prefix() == Prefix.ALWAYS : options.prefix();
    return new LogPlan(name, part, options, prefixed, isSettled(completionTime));
  }

  private boolean isSettled(@Nullable Instant completionTime) {
    return completionTime != null
        && completionTime.plus(settings.forwarderDelay()).isBefore(clock.instant());
  }

  /** When lines can have been written, as far as they are wanted. */
  private TimeRange window(
      Instant startTime, @Nullable Instant completionTime, LogOptions options) {
    Instant start = startTime.minus(settings.skew());
    Instant end = completionTime == null ? null : completionTime.plus(settings.forwarderDelay());
    TimeRange window = new TimeRange(start, end != null && end.isBefore(start) ? start : end);
    Instant since = options.since() == null ? Instant.EPOCH : options.since();
    return window.intersect(new TimeRange(since, options.until()));
  }

  private static String task(PipelineRun run, TaskRun taskRun) {
    if (taskRun.pipelineTask() != null) {
      return taskRun.pipelineTask();
    }
    return run.children().stream()
        .filter(child -> child.name().equals(taskRun.name()))
        .map(Child::pipelineTask)
        .findFirst()
        .orElse(taskRun.name());
  }

  /** The TaskRuns that a run has had and of which there is no record, so that no pod is known. */
  private static @Nullable String missing(PipelineRun run, List<TaskRun> taskRuns) {
    if (run.completionTime() == null) {
      return null; // records of TaskRuns come a little after those of their PipelineRun
    }
    Set<String> there = taskRuns.stream().map(TaskRun::name).collect(Collectors.toSet());
    String names =
        run.children().stream()
            .map(Child::name)
            .filter(child -> !there.contains(child))
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? null
        : "the log lacks these TaskRuns of PipelineRun "
            + run.name()
            + ", of which there is no"
            + " record: "
            + names;
  }

  /** Whether the caller waits for what is not there yet. */
  private static boolean isAwaited(Run run, LogOptions options) {
    return options.follow() && run.completionTime() == null;
  }

  private static RequestException noPod(String run, String condition) {
    return new RequestException(
        Code.FAILED_PRECONDITION,
        run
            + " never had a pod, so there is no log"
            + (condition.isEmpty() ? "" : ": " + condition));
  }

  /** Collects the parts of one plan. */
  private final class Parts {
    private final LogName name;
    private final LogOptions options;
    private final Set<String> wanted;
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> matched = new HashSet<>();
    private final List<ContainerLog> parts = new ArrayList<>();
    private final List<Extra> extras = new ArrayList<>();

    Parts(LogName name, LogOptions options) {
      this.name = name;
      this.options = options;
      this.wanted = new LinkedHashSet<>(options.containers());
    }

    /** An attempt in which a container that its record does not name is looked for. */
    private record Extra(Attempt attempt, @Nullable String task) {}

    void add(TaskRun run, @Nullable String task) {
      for (Attempt attempt : run.attempts()) {
        for (Container container : attempt.containers()) {
          known.add(container.name());
          if (isWanted(container)) {
            parts.add(part(attempt, container.name(), task, container.label()));
          }
        }
        extras.add(new Extra(attempt, task));
      }
    }

    private boolean isWanted(Container container) {
      if (wanted.isEmpty()) {
        return true;
      }
      boolean byName = wanted.contains(container.name());
      boolean byLabel = wanted.contains(container.label());
      if (byName) {
        matched.add(container.name());
      }
      if (byLabel) {
        matched.add(container.label());
      }
      return byName || byLabel;
    }

    private ContainerLog part(
        Attempt attempt, String container, @Nullable String task, String step) {
      TimeRange window = window(attempt.startTime(), attempt.completionTime(), options);
      return new ContainerLog(reference(name, attempt.pod(), container), window, task, step);
    }

    LogPlan plan(@Nullable Instant completionTime, @Nullable String missing) {
      Set<String> unmatched = new LinkedHashSet<>(wanted);
      unmatched.removeAll(matched);
      // Init containers and injected sidecars are in no status; only the store can tell.
      for (String container : unmatched) {
        for (Extra extra : extras) {
          parts.add(part(extra.attempt(), container, extra.task(), container));
        }
      }
      return new LogPlan(
          name,
          List.copyOf(parts),
          options,
          prefixed(),
          isSettled(completionTime),
          missing,
          unconfirmed(unmatched));
    }

    private @Nullable String unconfirmed(Set<String> unmatched) {
      return unmatched.isEmpty()
          ? null
          : "container: \""
              + String.join(", ", unmatched)
              + "\" (expected: one of "
              + String.join(", ", known)
              + ")";
    }

    private boolean prefixed() {
      if (options.prefix() != null) {
        return options.prefix();
      }
      return switch (settings.prefix()) {
        case ALWAYS -> true;
        case NEVER -> false;
        case AUTO -> parts.stream().map(ContainerLog::label).distinct().count() > 1;
      };
    }
  }
}

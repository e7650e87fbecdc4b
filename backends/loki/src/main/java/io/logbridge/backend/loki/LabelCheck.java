// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.TimeRange;
import io.logbridge.backend.loki.LokiClient.LabelRequest;
import io.logbridge.backend.paging.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a log that is empty from one that Loki was asked for in the wrong way: it answers a query
 * for a label that no stream has, for a tenant that does not exist, and for a time that is long
 * deleted with success and no entries. Safe for use by many threads.
 */
final class LabelCheck {

  /** A store that has had no log of anybody for so long is not in use. */
  private static final Duration RECENT = Duration.ofDays(7);

  /** About a log there are others, even where little is built. */
  private static final Duration AROUND = Duration.ofDays(1);

  /** Whose tenant is asked when it depends on the namespace. */
  private static final String NOBODY = "logbridge-check";

  private final LokiClient client;
  private final QueryLimits limits;
  private final LokiSettings settings;
  private final InstantSource clock;

  LabelCheck(LokiClient client, QueryLimits limits, LokiSettings settings, InstantSource clock) {
    this.client = client;
    this.limits = limits;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Asks Loki whether it answers and has the labels that we ask for. With a tenant for each
   * namespace nothing is known of the labels, and nothing where we may not see them.
   */
  void check(Deadline deadline) throws InterruptedException {
    Instant now = clock.instant();
    TimeRange range = new TimeRange(now.minus(RECENT), now);
    Window window = Window.of(range);
    if (settings.asksAsCaller()) {
      requireAnswer(window, deadline);
      return;
    }
    LabelRequest all = new LabelRequest(NOBODY, null, null, window);
    Optional<Set<String>> labels = labels(all, deadline);
    if (labels.isEmpty()) {
      requireLogs(range, deadline);
    } else if (!settings.tenant().isPerNamespace()) {
      require(labels.get(), all, deadline);
    }
  }

  /** That it gives the log of a container that never was. */
  private void requireLogs(TimeRange range, Deadline deadline) throws InterruptedException {
    LogQuery query = LogQuery.forward(new ContainerRef(NOBODY, NOBODY, null, NOBODY), range);
    RangeRequest request = new RangeRequest(Window.of(range), 1, query.direction());
    RangeOutcome _ = client.queryRange(query, request.cutTo(limits.maxLength()), false, deadline);
  }

  /** That it refuses us, who ask as nobody, is an answer too. */
  private void requireAnswer(Window window, Deadline deadline) throws InterruptedException {
    try {
      Set<String> _ = client.labels(new LabelRequest(NOBODY, null, null, window), deadline);
    } catch (LogBackendException e) {
      if (e.reason() != Reason.CALLER_DENIED) {
        throw e;
      }
    }
  }

  /**
   * Looks into a log that turned out empty.
   *
   * @throws LogBackendException with {@link Reason#NOT_FOUND} or {@link Reason#MISCONFIGURED} if
   *     Loki could not have had it
   */
  void explainEmpty(LogQuery query, Window window, Deadline deadline) throws InterruptedException {
    String namespace = query.container().namespace();
    Window around =
        Window.of(
            new TimeRange(
                Window.instant(window.start()).minus(AROUND),
                Window.instant(window.end()).plus(AROUND)));
    LabelRequest all = new LabelRequest(namespace, query.caller(), null, around);
    Optional<Set<String>> labels = labels(all, deadline);
    if (labels.isPresent()) {
      require(labels.get(), all, deadline);
    }
  }

  /** Nothing if they are not to be had: who may read these logs need not be let see all labels. */
  private Optional<Set<String>> labels(LabelRequest asked, Deadline deadline)
      throws InterruptedException {
    try {
      return Optional.of(client.labels(asked, deadline));
    } catch (LogBackendException e) {
      return switch (e.reason()) {
        case ACCESS_DENIED, CALLER_DENIED, BAD_QUERY -> Optional.empty();
        default -> throw e;
      };
    }
  }

  /**
   * That Loki has what we select by.
   *
   * @param labels that it has
   * @param all the request for them
   */
  private void require(Set<String> labels, LabelRequest all, Deadline deadline)
      throws InterruptedException {
    if (labels.isEmpty()) {
      if (isWholeWindow(all.window())) {
        throw nothing(all);
      }
      return;
    }
    for (Map.Entry<String, String> label : settings.labels().selected().entrySet()) {
      if (!labels.contains(label.getKey())) {
        throw misconfigured(
            "label \"" + label.getKey() + "\"",
            label.getValue(),
            "one of " + String.join(", ", labels));
      }
    }
    requireStreams(all, deadline);
  }

  /** That some stream has the values of the labels which all streams are said to have. */
  private void requireStreams(LabelRequest all, Deadline deadline) throws InterruptedException {
    Optional<LogQl> streams = settings.labels().ofAll();
    if (streams.isEmpty() || !isWholeWindow(all.window())) {
      return;
    }
    LabelRequest some =
        new LabelRequest(all.namespace(), all.caller(), streams.get(), all.window());
    if (labels(some, deadline).filter(Set::isEmpty).isPresent()) {
      throw misconfigured(
          "stream " + streams.get() + " at that time",
          "labels.always",
          "labels that all streams have, with their values");
    }
  }

  /** Whether the server lets all of a window be asked for, and not only the end of it. */
  private boolean isWholeWindow(Window window) {
    return window.end() - window.start() <= limits.maxLength();
  }

  private LogBackendException nothing(LabelRequest all) {
    return new LogBackendException(
        Reason.NOT_FOUND,
        "Loki has no logs at all from "
            + Window.instant(all.window().start())
            + " to "
            + Window.instant(all.window().end())
            + settings
                .tenant()
                .of(all.namespace())
                .map(tenant -> ", tenant \"" + tenant + "\"")
                .orElse("")
            + " (expected: a time within its retention, and the right "
            + settings.path()
            + ".tenant)");
  }

  private LogBackendException misconfigured(String what, String setting, String expected) {
    return new LogBackendException(
        Reason.MISCONFIGURED,
        "Loki has no "
            + what
            + " ("
            + settings.path()
            + "."
            + setting
            + ", expected: "
            + expected
            + ")");
  }
}

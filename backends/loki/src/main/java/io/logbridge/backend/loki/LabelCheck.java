// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.Secret;
import io.logbridge.backend.TimeRange;
import io.logbridge.backend.paging.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    Optional<Set<String>> labels = labels(NOBODY, null, window, deadline);
    if (labels.isEmpty()) {
      requireLogs(range, deadline);
    } else if (!settings.tenant().isPerNamespace()) {
      require(labels.get(), NOBODY, window);
    }
  }

  /** That it gives the log of a container that never was. */
  private void requireLogs(TimeRange range, Deadline deadline) throws InterruptedException {
    LogQuery query = LogQuery.forward(new ContainerRef(NOBODY, NOBODY, null, NOBODY), range);
    RangeRequest request = new RangeRequest(Window.of(range), 1, query.direction());
    RangeOutcome _ = client.queryRange(query, request.cutTo(limits.maxLength()), deadline);
  }

  /** That it refuses us, who ask as nobody, is an answer too. */
  private void requireAnswer(Window window, Deadline deadline) throws InterruptedException {
    try {
      Set<String> _ = client.labels(NOBODY, null, window, deadline);
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
    Optional<Set<String>> labels = labels(namespace, query.caller(), around, deadline);
    if (labels.isPresent()) {
      require(labels.get(), namespace, around);
    }
  }

  /** Nothing if they are not to be had: who may read these logs need not be let see all labels. */
  private Optional<Set<String>> labels(
      String namespace, @Nullable Secret caller, Window window, Deadline deadline)
      throws InterruptedException {
    try {
      return Optional.of(client.labels(namespace, caller, window, deadline));
    } catch (LogBackendException e) {
      return switch (e.reason()) {
        case ACCESS_DENIED, CALLER_DENIED, BAD_QUERY -> Optional.empty();
        default -> throw e;
      };
    }
  }

  private void require(Set<String> labels, String namespace, Window window) {
    if (labels.isEmpty()) {
      if (window.end() - window.start() > limits.maxLength()) {
        // Only the end of it has been asked for.
        return;
      }
      throw new LogBackendException(
          Reason.NOT_FOUND,
          "Loki has no logs at all from "
              + Window.instant(window.start())
              + " to "
              + Window.instant(window.end())
              + settings
                  .tenant()
                  .of(namespace)
                  .map(tenant -> ", tenant \"" + tenant + "\"")
                  .orElse("")
              + " (expected: a time within its retention, and the right "
              + settings.path()
              + ".tenant)");
    }
    for (Map.Entry<String, String> label : settings.labels().selected().entrySet()) {
      if (!labels.contains(label.getKey())) {
        throw new LogBackendException(
            Reason.MISCONFIGURED,
            "Loki has no label \""
                + label.getKey()
                + "\" ("
                + settings.path()
                + "."
                + label.getValue()
                + ", expected: one of "
                + String.join(", ", labels)
                + ")");
      }
    }
  }
}

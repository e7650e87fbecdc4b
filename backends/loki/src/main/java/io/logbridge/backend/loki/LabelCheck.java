// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.TimeRange;
import io.logbridge.backend.paging.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
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
   * namespace nothing is known of the labels.
   */
  void check(Deadline deadline) throws InterruptedException {
    Instant now = clock.instant();
    Window window = Window.of(new TimeRange(now.minus(RECENT), now));
    if (settings.asksAsCaller()) {
      requireAnswer(window, deadline);
      return;
    }
    Set<String> labels = client.labels(NOBODY, null, window, deadline);
    if (!settings.tenant().isPerNamespace()) {
      require(labels, NOBODY, window);
    }
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
    Set<String> labels;
    try {
      labels = client.labels(namespace, query.caller(), around, deadline);
    } catch (LogBackendException e) {
      if (e.reason() == Reason.CALLER_DENIED) {
        return; // who may read these logs need not be let see all labels
      }
      throw e;
    }
    require(labels, namespace, around);
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

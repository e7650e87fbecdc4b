// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.splunk.Walk.Stretch;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads windows from the oldest on. Splunk returns the newest events first, and a search that has
 * it turn them around costs the whole log for each page: so windows are read whole, and one that
 * turns out to be too full is cut by the numbers of events that Splunk counts in it.
 */
final class ForwardWalk implements Walk {

  private final Reach reach;
  private final WindowPlan plan;

  ForwardWalk(Reach reach, TimeSpan whole) {
    this.reach = reach;
    this.plan = new WindowPlan(whole);
  }

  @Override
  public Stretch next(Deadline deadline) throws InterruptedException {
    while (true) {
      WindowPlan.Step step = plan.next(reach.sizer().next());
      if (!step.span().isDivisible()) {
        return stretch(step, reach.all(step.span(), deadline));
      }
      if (reach.hasRoomFor(step.rows())) {
        Rows rows = reach.page(step.span(), deadline);
        if (rows.whole()) {
          return stretch(step, rows);
        }
      }
      plan.cut(step, reach.counts(step.span(), deadline));
    }
  }

  private Stretch stretch(WindowPlan.Step step, Rows rows) {
    plan.done(step);
    List<Event> events = new ArrayList<>(rows.events());
    events.sort(Event.ORDER);
    return new Stretch(events, rows.count() > 0, plan.isEmpty());
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.splunk.Walk.Stretch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads windows from the oldest on. Splunk returns the newest events first, and a search that has
 * it turn them around costs the whole log for each page: so windows are read whole, and one that
 * turns out to be too full is cut by the numbers of events that Splunk counts in it.
 *
 * <p>Where these numbers tell what the next window is, it is asked for as soon as the events of
 * this one come: Splunk looks for its events while these are read.
 */
final class ForwardWalk implements Walk {

  private final Reach reach;
  private final WindowPlan plan;

  private @Nullable Fetch current;
  private @Nullable Fetch ahead;
  private boolean asksAhead = true;

  ForwardWalk(Reach reach, TimeSpan whole) {
    this.reach = reach;
    this.plan = new WindowPlan(whole);
  }

  @Override
  public Stretch next(Deadline deadline) throws InterruptedException {
    try {
      Stretch asked = askedAhead(deadline);
      return asked == null ? read(deadline) : asked;
    } catch (InterruptedException | RuntimeException e) {
      giveUp();
      throw e;
    }
  }

  @Override
  public void giveUp() {
    ahead = givenUp(ahead);
    current = givenUp(current);
  }

  private static @Nullable Fetch givenUp(@Nullable Fetch fetch) {
    if (fetch != null) {
      fetch.giveUp();
    }
    return null;
  }

  /** What has been asked for ahead; {@code null} if nothing has, or not all of it can be had so. */
  private @Nullable Stretch askedAhead(Deadline deadline) throws InterruptedException {
    Fetch fetch = ahead;
    if (fetch == null) {
      return null;
    }
    ahead = null;
    try {
      return page(fetch, deadline);
    } catch (LogBackendException e) {
      if (e.reason() != Reason.THROTTLED) {
        throw e;
      }
      // It may be that our user may not run a search beside another.
      asksAhead = false;
      giveUp();
      return null;
    }
  }

  private Stretch read(Deadline deadline) throws InterruptedException {
    while (true) {
      int size = reach.sizer().next();
      WindowPlan.Step step = plan.next(size);
      if (!step.span().isDivisible()) {
        return stretch(step, reach.all(step.span(), deadline), size);
      }
      if (step.rows() > size) {
        plan.cut(step, reach.counts(step.span(), deadline));
        continue;
      }
      Stretch page = page(Fetch.start(reach, step, size, deadline), deadline);
      if (page != null) {
        return page;
      }
    }
  }

  /** What is fetched; {@code null} if that is not whole, and its step has been cut therefore. */
  private @Nullable Stretch page(Fetch fetch, Deadline deadline) throws InterruptedException {
    current = fetch;
    fetch.awaitBegin();
    askBehind(fetch, deadline);
    Rows rows = fetch.await();
    current = null;
    reach.learn(rows, fetch.size());
    if (rows.whole()) {
      return stretch(fetch.step(), rows, fetch.size());
    }
    giveUp();
    plan.cut(fetch.step(), reach.counts(fetch.step().span(), deadline));
    return null;
  }

  private void askBehind(Fetch fetch, Deadline deadline) {
    int size = asksAhead ? reach.sizer().following(fetch.size()) : 0;
    WindowPlan.Step behind = size == 0 ? null : plan.behind(fetch.step(), size);
    if (behind != null && behind.fits(size) && behind.span().isDivisible()) {
      ahead = Fetch.start(reach, behind, size, deadline);
    }
  }

  private Stretch stretch(WindowPlan.Step step, Rows rows, int size) {
    plan.done(step);
    List<Event> events = new ArrayList<>(rows.events());
    events.sort(Event.ORDER);
    return new Stretch(events, size, rows.count() > 0, plan.isEmpty());
  }
}

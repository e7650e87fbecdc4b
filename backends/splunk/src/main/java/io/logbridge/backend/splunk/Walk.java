// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.Deadline;
import java.util.List;

/** The order in which the windows of a log are read. */
interface Walk {

  /**
   * The events that come next, in the order of reading. Moves only when it returns: after an
   * exception the same events are read again.
   *
   * @throws io.logbridge.backend.LogBackendException if they cannot be had all
   */
  Stretch next(Deadline deadline) throws InterruptedException;

  /** Gives up what has been asked for ahead. Does not block. */
  default void giveUp() {}

  /**
   * A part of the log.
   *
   * @param size how many of the events a page may have
   * @param found whether Splunk found anything, be it another container's
   * @param last whether no other part follows
   */
  record Stretch(List<Event> events, int size, boolean found, boolean last) {}
}

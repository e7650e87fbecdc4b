// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import java.time.Duration;

/**
 * How logs are read and written.
 *
 * @param prefix when lines begin with their step
 * @param skew how far the clocks of nodes and controller may be apart
 * @param forwarderDelay how long after its end a run's lines may take to reach the store
 * @param pollInterval how often a run that is followed is looked at
 * @param delete what deleting a log deletes
 */
public record LogSettings(
    Prefix prefix, Duration skew, Duration forwarderDelay, Duration pollInterval, Deletion delete) {

  /** When lines begin with their step. */
  public enum Prefix {
    /** When a log is made of several containers. */
    AUTO,
    ALWAYS,
    NEVER,
  }

  /** What deleting a log deletes. */
  public enum Deletion {
    /** Its record; the store has a retention of its own. */
    RECORD,
    /** Its record, and its lines in the store. */
    STORE,
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.LogEntry;
import io.logbridge.backend.shipped.TieKey;
import org.jspecify.annotations.Nullable;

/**
 * A line as it came from the store.
 *
 * @param id which document it is, in all indices
 * @param sortNanos the store's time of it, by which it came in order; of a mapping as date this is
 *     the millisecond
 * @param nanos when it was written; in the millisecond of {@code sortNanos}, never before it
 * @param tie what tells it apart from others of its nanosecond, if anything does
 * @param decoded whether it has the form that the settings say; else it is given as it is stored
 */
record Hit(
    DocumentId id,
    long sortNanos,
    long nanos,
    @Nullable TieKey tie,
    LogEntry entry,
    boolean decoded) {

  /** A document's name, which outlives a point in time. */
  record DocumentId(String index, String id) {}
}

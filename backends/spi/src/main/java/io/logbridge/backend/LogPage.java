// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend;

import java.util.List;

/**
 * Some entries of a log, in the order of the {@link LogReader} that returned them.
 *
 * @param entries may be empty even when more pages follow
 * @param last whether no page follows
 */
public record LogPage(List<LogEntry> entries, boolean last) {

  /** What an entry takes in memory besides its text, about. */
  public static final int ENTRY_BYTES = 100;

  /** What this page takes in memory, about. */
  public long bytes() {
    long bytes = 0;
    for (LogEntry entry : entries) {
      bytes += ENTRY_BYTES + entry.text().length();
    }
    return bytes;
  }
}

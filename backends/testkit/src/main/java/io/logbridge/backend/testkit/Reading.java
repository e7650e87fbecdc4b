// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogReader;
import java.util.ArrayList;
import java.util.List;

/** Reads logs page by page. */
public final class Reading {

  /** More pages than any test needs: a reader that returns more turns in circles. */
  private static final int MOST_PAGES = 20_000;

  private Reading() {}

  /** All entries that answer a query. */
  public static List<LogEntry> all(LogBackend backend, LogQuery query) throws InterruptedException {
    try (LogReader reader = backend.open(query)) {
      return rest(reader);
    }
  }

  /** All entries from where the reader is. */
  public static List<LogEntry> rest(LogReader reader) throws InterruptedException {
    List<LogEntry> entries = new ArrayList<>();
    restInto(entries, reader, BackendContract.inTime());
    return entries;
  }

  /** Adds all entries from where the reader is; those of the pages before a failure are added. */
  static void restInto(List<LogEntry> entries, LogReader reader, Deadline deadline)
      throws InterruptedException {
    LogPage page;
    int pages = 0;
    do {
      page = reader.read(deadline);
      entries.addAll(page.entries());
      pages++;
      assertThat(pages).as("pages").isLessThan(MOST_PAGES);
    } while (!page.last());
  }

  /**
   * Adds entries until the reader fails, which it may do only after pages that it has read ahead.
   *
   * @throws AssertionError if it does not fail
   */
  static LogBackendException untilFailure(
      List<LogEntry> entries, LogReader reader, Deadline deadline) throws InterruptedException {
    try {
      restInto(entries, reader, deadline);
    } catch (LogBackendException e) {
      return e;
    }
    throw new AssertionError("read " + entries.size() + " entries (expected: a failure)");
  }

  /** All pages from where the reader is. */
  static List<LogPage> pages(LogReader reader) throws InterruptedException {
    List<LogPage> pages = new ArrayList<>();
    LogPage page;
    do {
      page = reader.read(BackendContract.inTime());
      pages.add(page);
      assertThat(pages).as("pages").hasSizeLessThan(MOST_PAGES);
    } while (!page.last());
    return pages;
  }

  /** The entries of the next page that has any; there must be another page after it. */
  static List<LogEntry> firstPage(LogReader reader) throws InterruptedException {
    LogPage page;
    do {
      page = reader.read(BackendContract.inTime());
      assertThat(page.last()).as("the last page").isFalse();
    } while (page.entries().isEmpty());
    return new ArrayList<>(page.entries());
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit.memory;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.testkit.PageSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads one cursor of the store. */
final class MemoryReader implements LogReader {

  private final MemoryClient client;
  private final LogQuery query;
  private final PageSettings pages;
  private String cursor = "";
  private int offset;

  MemoryReader(MemoryClient client, LogQuery query, PageSettings pages) {
    this.client = client;
    this.query = query;
    this.pages = pages;
  }

  @Override
  public LogPage read(Deadline deadline) throws InterruptedException {
    int size = Math.min(offset == 0 ? pages.first() : pages.max(), query.wanted());
    String text = client.get(MemoryWire.request(query, cursor, offset, size), deadline);
    MemoryWire.Answer answer;
    try {
      answer = MemoryWire.read(text);
    } catch (RuntimeException e) {
      throw new LogBackendException(Reason.MALFORMED, client + " sent no page", e);
    }
    LogPage page = bounded(answer.page());
    cursor = answer.cursor();
    offset += page.entries().size();
    return page;
  }

  /** A store that knows nothing of bytes sends too much of long lines; the rest is asked again. */
  private LogPage bounded(LogPage page) {
    List<LogEntry> entries = new ArrayList<>();
    long bytes = 0;
    for (LogEntry entry : page.entries()) {
      if (bytes >= pages.maxBytes()) {
        return new LogPage(entries, false);
      }
      entries.add(entry);
      bytes += entry.text().getBytes(StandardCharsets.UTF_8).length;
    }
    return page;
  }

  @Override
  public void close() {
    if (!cursor.isEmpty()) {
      client.delete(MemoryWire.request(query, cursor, 0, 1));
      cursor = "";
    }
  }
}

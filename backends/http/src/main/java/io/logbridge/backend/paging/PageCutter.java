// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.paging;

import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogPage;
import java.util.ArrayList;
import java.util.List;

/** Cuts what one answer brought into pages whose text is bounded. */
public final class PageCutter {

  private static final int MAX_BYTES_PER_CHAR = 3;

  private PageCutter() {}

  /**
   * The entries as pages, at least one; each ends with the entry that reaches {@code maxBytes}.
   *
   * @param last whether the last of them is the last of all
   */
  public static List<LogPage> cut(List<LogEntry> entries, boolean last, int maxBytes) {
    if (isShort(entries, maxBytes)) {
      return List.of(new LogPage(entries, last));
    }
    List<LogPage> pages = new ArrayList<>();
    int from = 0;
    long bytes = 0;
    for (int i = 0; i < entries.size() - 1; i++) {
      bytes += bytes(entries.get(i).text());
      if (bytes >= maxBytes) {
        pages.add(new LogPage(entries.subList(from, i + 1), false));
        from = i + 1;
        bytes = 0;
      }
    }
    pages.add(new LogPage(from == 0 ? entries : entries.subList(from, entries.size()), last));
    return pages;
  }

  /** Whether the entries cannot reach the limit, whatever characters they are made of. */
  private static boolean isShort(List<LogEntry> entries, int maxBytes) {
    long chars = 0;
    for (LogEntry entry : entries) {
      chars += entry.text().length();
    }
    return chars * MAX_BYTES_PER_CHAR < maxBytes;
  }

  /** The length in UTF-8. */
  private static long bytes(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return bytes;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.paging;

import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogQuery;

/**
 * How many lines to ask for: few at first, so that they come soon, then more and more, as long as
 * they fit.
 */
public final class PageSizer {

  /** For lines that turn out not to be wanted, and for the rest of an instant. */
  private static final int MARGIN = 16;

  private static final int GROWTH = 4;

  /** What a line is taken for before the first of them has come. */
  private static final int TYPICAL_LINE = LogPage.ENTRY_BYTES + 100;

  private final int wanted;
  private final int maxBytes;
  private int max;
  private int next;
  private long aim;
  private long lineBytes = TYPICAL_LINE;
  private long received;
  private int answerBytes;
  private long answerLineBytes;

  /**
   * Begins with the first page.
   *
   * @param wanted about how many lines will be read, or {@link LogQuery#ALL}
   */
  public PageSizer(PageLimits limits, int wanted) {
    this.wanted = wanted;
    this.maxBytes = limits.bytes();
    this.max = limits.max();
    this.next = limits.initial();
    this.aim = maxBytes;
  }

  /** No page should have more bytes than this from now on, nor more than the settings say. */
  public void aimAt(long bytes) {
    aim = Math.min(bytes, maxBytes);
  }

  /** The size of the page that comes next. */
  public int next() {
    int size = fitting(next);
    long left = wanted - received;
    boolean nearlyDone = wanted != LogQuery.ALL && left > 0;
    return nearlyDone ? (int) Math.min(size, left + MARGIN) : size;
  }

  /**
   * The size of the page that comes after one that is here and not yet parsed; 0 if it is not to be
   * asked for yet, since this one may be the last.
   *
   * @param size how many lines were asked for
   * @param bytes how long the answer is
   */
  public int ahead(int size, int bytes) {
    boolean looksFull = answerLineBytes > 0 && bytes > answerLineBytes * size / 2;
    answerBytes = bytes;
    return looksFull ? following(size) : 0;
  }

  /**
   * The size of the page that comes after one that is on its way; 0 if it is not to be asked for
   * yet, since not all lines are wanted or none has come by which to tell how long they are.
   *
   * @param size how many lines were asked for
   */
  public int following(int size) {
    return received > 0 && wanted == LogQuery.ALL ? fitting((long) size * GROWTH) : 0;
  }

  private int fitting(long lines) {
    return (int) Math.clamp(aim / lineBytes, 1, Math.min(lines, max));
  }

  /** No page may have more lines than this any more. */
  public void limitTo(int size) {
    max = Math.max(1, size);
  }

  /**
   * Learns from a page that has come.
   *
   * @param lines that came
   * @param textChars the length of their texts together
   * @param size that had been asked for
   */
  public void received(int lines, long textChars, int size) {
    if (lines > 0) {
      received += lines;
      lineBytes = textChars / lines + LogPage.ENTRY_BYTES;
      answerLineBytes = answerBytes / lines;
    }
    next = (int) Math.min((long) size * GROWTH, Integer.MAX_VALUE);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * How a window is cut into pieces that can be read whole, oldest first. The pieces lie side by side
 * without gaps, so that what is known of their contents decides only what they cost: Splunk itself
 * says of each event in which piece it is.
 */
final class WindowPlan {

  /** So many pieces are made of one that is too full. */
  static final int PIECES = 1000;

  private static final long UNKNOWN = -1;

  private final Deque<Piece> pieces = new ArrayDeque<>();

  /**
   * A part of the window.
   *
   * @param rows how many events it is believed to have; negative if that is not known
   */
  private record Piece(TimeSpan span, long rows) {}

  /**
   * What to read next.
   *
   * @param pieces of the plan that it covers, from the front
   * @param rows how many events it is believed to have; negative if that is not known
   */
  record Step(TimeSpan span, int pieces, long rows) {

    /** Whether the events of it are believed to be no more than so many. */
    boolean fits(int size) {
      return rows != UNKNOWN && rows <= size;
    }
  }

  WindowPlan(TimeSpan whole) {
    pieces.add(new Piece(whole, UNKNOWN));
  }

  /** As many pieces as are believed to have at most so many events, one at least. */
  Step next(int size) {
    return step(0, size);
  }

  /** The same behind a step that has not been read yet; {@code null} if nothing is left there. */
  @Nullable Step behind(Step step, int size) {
    return step.pieces == pieces.size() ? null : step(step.pieces, size);
  }

  private Step step(int skipped, int size) {
    Iterator<Piece> left = pieces.iterator();
    for (int i = 0; i < skipped; i++) {
      left.next();
    }
    Piece first = left.next();
    long rows = first.rows;
    long end = first.span.end();
    int count = 1;
    boolean alone = first.rows == UNKNOWN || rows > size;
    while (!alone && left.hasNext()) {
      Piece piece = left.next();
      if (piece.rows == UNKNOWN || rows + piece.rows > size) {
        break;
      }
      rows += piece.rows;
      end = piece.span.end();
      count++;
    }
    return new Step(new TimeSpan(first.span.start(), end), count, rows);
  }

  /** The step has been read. */
  void done(Step step) {
    for (int i = 0; i < step.pieces; i++) {
      pieces.remove();
    }
  }

  /** Whether everything has been read. */
  boolean isEmpty() {
    return pieces.isEmpty();
  }

  /** How long the pieces are that a step is cut into. */
  static long lengthOfPieces(TimeSpan span) {
    return Math.ceilDiv(span.length(), PIECES);
  }

  /**
   * Cuts a step.
   *
   * @param counts of the events in the pieces, by their numbers from 0; a piece without is absent
   */
  void cut(Step step, SortedMap<Long, Long> counts) {
    done(step);
    long length = lengthOfPieces(step.span);
    Deque<Piece> cut = new ArrayDeque<>();
    long from = step.span.start();
    for (var counted : counts.entrySet()) {
      long start = step.span.start() + counted.getKey() * length;
      long end = Math.min(start + length, step.span.end());
      if (start >= from && start < step.span.end()) {
        if (start > from) {
          cut.add(new Piece(new TimeSpan(from, start), 0));
        }
        cut.add(new Piece(new TimeSpan(start, end), counted.getValue()));
        from = end;
      }
    }
    if (from < step.span.end()) {
      cut.add(new Piece(new TimeSpan(from, step.span.end()), 0));
    }
    cut.descendingIterator().forEachRemaining(pieces::addFirst);
  }
}

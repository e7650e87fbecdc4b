// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend;

/**
 * Reads the log of one container and window, page by page.
 *
 * <p>Order is (timestamp, tie-break, arrival), ascending, or exactly the reverse of it when the
 * query reads backward. All pages together hold every entry of the query's container whose
 * timestamp lies in its window, once, as the store knew them when the first page was read; entries
 * that arrive later may or may not be among them.
 *
 * <p>Used by one thread at a time. A caller that asks for a page has let go of all pages but the
 * last one, so that two pages of a reader are in memory at most.
 */
public interface LogReader extends AutoCloseable {

  /**
   * The next page. After a page that is {@link LogPage#last()} it must not be called again.
   *
   * <p>A reader moves only when it has returned a page: after an exception the same page can be
   * asked for again, and the pages returned so far together with those still to come hold each
   * entry once.
   *
   * <p>Blocks for at most one page's worth of requests to the store. When the calling thread is
   * interrupted the request to the store is given up and {@link InterruptedException} is thrown.
   *
   * @param deadline when to give up, at the latest; fails with {@link
   *     LogBackendException.Reason#TIMED_OUT} then
   * @throws LogBackendException if the page cannot be had complete and in order
   * @throws InterruptedException if the thread is interrupted before or while it waits
   */
  LogPage read(Deadline deadline) throws InterruptedException;

  /**
   * Says how large pages may be from now on. An aim and not a limit: a page has at least one entry,
   * and a reader whose store leaves it no choice ignores this. What a reader holds besides the
   * pages that it has returned is at most about as much again.
   *
   * @param bytes as {@link LogPage#bytes} counts them
   */
  default void aimAt(long bytes) {}

  /**
   * Says that whoever reads has begun, with this reader or another one, and rather waits until its
   * deadline than be refused because too many read. For who limits them; a store's own refusals are
   * as they are. A reader that has returned a page need not be told.
   */
  default void insist() {}

  /**
   * How many of the entries returned so far have not the form that the settings say, and are given
   * as they are stored. A backend that cannot tell has none.
   */
  default long undecoded() {
    return 0;
  }

  /**
   * Gives back what the store holds for this reader. Does not block for the store's answer and does
   * not throw; closing again does nothing.
   */
  @Override
  void close();
}

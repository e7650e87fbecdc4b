// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.io.IOException;

/**
 * What one writes by hand to read a container's log: the queries that the server sends, page after
 * page, one after the other, the lines thrown away.
 */
interface BareLoop {

  /** What a loop makes of an answer. */
  enum Effort {
    /** It looks for what tells it how to go on. It never has the lines. */
    SKIM,
    /**
     * It gets the text and the time of each line with a parser of JSON, and puts nothing in order.
     */
    PARSE,
  }

  /** A line of a page, its time as it stands in the answer. */
  record Line(String time, String text) {}

  /**
   * Reads all pages.
   *
   * @throws IOException also if lines are missing, as far as that can be seen without parsing them
   */
  void readAll() throws IOException, InterruptedException;

  /** Reads the first page and returns how long that took. */
  long firstPageNanos() throws IOException, InterruptedException;
}

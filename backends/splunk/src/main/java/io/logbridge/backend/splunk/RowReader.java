// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import tools.jackson.core.JsonParser;

/** Takes the results of a search one after the other, while they arrive. */
interface RowReader<T> {

  /**
   * Takes a result.
   *
   * @param parser at the beginning of its object; must be left at the object's end
   * @return whether to go on: otherwise the search is given up
   */
  boolean row(JsonParser parser);

  /** What has been taken. */
  T result();
}

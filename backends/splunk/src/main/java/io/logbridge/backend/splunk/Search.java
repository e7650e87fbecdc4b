// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.http.StoreRequest;

/**
 * A search over a window of time.
 *
 * @param name what it is for, in words for a message
 */
record Search(String name, Spl spl, TimeSpan span) {

  /**
   * Splunk ends a search of which the client went away when it next writes to it; this is for one
   * that has nothing to write.
   */
  private static final String SECONDS_WITHOUT_CLIENT = "60";

  /**
   * Asks for the results as they are found, without those of a search that is not yet done. There
   * is no job that would have to be polled, paged through and deleted: the search ends with its
   * answer or with its connection.
   *
   * @param root of the search endpoints, with a slash at its beginning
   */
  StoreRequest export(String root) {
    return StoreRequest.post(name, root + "/jobs/export")
        .field("search", spl.toString())
        .field("earliest_time", TimeSpan.seconds(span.start()))
        .field("latest_time", TimeSpan.seconds(span.end()))
        .field("output_mode", "json")
        .field("preview", "false")
        .field("segmentation", "none")
        .field("auto_cancel", SECONDS_WITHOUT_CLIENT);
  }
}

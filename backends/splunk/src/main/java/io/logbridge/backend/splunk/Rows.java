// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import java.util.List;

/**
 * What a search for events brought.
 *
 * @param events of the container, in no order
 * @param count of the rows, with those that turned out to be another container's
 * @param oldest time of a row, in milliseconds since 1970; that of the last if none came
 * @param newestFirst whether they came in the order in which Splunk finds events
 * @param whole whether these are all that there are
 * @param chars the length of all texts together
 */
record Rows(
    List<Event> events, int count, long oldest, boolean newestFirst, boolean whole, long chars) {}

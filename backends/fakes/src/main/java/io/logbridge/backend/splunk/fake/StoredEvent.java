// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk.fake;

import java.util.Map;

/**
 * An event in an index.
 *
 * @param number in the order of arrival
 * @param micros its time, in microseconds since 1970
 * @param indexTime in seconds since 1970
 * @param bucket local number of the bucket
 * @param offset in the bucket
 * @param fields that were made when it was indexed
 */
record StoredEvent(
    int number,
    String index,
    long micros,
    long indexTime,
    int bucket,
    long offset,
    String raw,
    Map<String, String> fields) {

  String cd() {
    return bucket + ":" + offset;
  }

  String bkt() {
    return index + "~" + bucket + "~5F3C8E1A-0000-4000-8000-9B1D2C3E4F50";
  }
}

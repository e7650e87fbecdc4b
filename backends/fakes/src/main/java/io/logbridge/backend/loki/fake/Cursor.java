// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki.fake;

import io.logbridge.backend.loki.fake.FakeStream.Entry;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A place in one stream.
 *
 * @param nanos the timestamp of the entries there
 */
record Cursor(
    FakeStream stream,
    long nanos,
    List<Entry> entries,
    Iterator<Map.Entry<Long, List<Entry>>> rest) {

  static Optional<Cursor> start(FakeStream stream, long start, long end, boolean forward) {
    return next(stream, stream.between(start, end, forward).entrySet().iterator());
  }

  Optional<Cursor> next() {
    return next(stream, rest);
  }

  private static Optional<Cursor> next(
      FakeStream stream, Iterator<Map.Entry<Long, List<Entry>>> rest) {
    if (!rest.hasNext()) {
      return Optional.empty();
    }
    Map.Entry<Long, List<Entry>> group = rest.next();
    return Optional.of(new Cursor(stream, group.getKey(), group.getValue(), rest));
  }
}

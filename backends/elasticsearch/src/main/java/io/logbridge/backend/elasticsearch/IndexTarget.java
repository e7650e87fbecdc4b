// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import java.util.List;

/**
 * The indices to ask.
 *
 * @param names names, aliases, data streams or wildcard patterns
 * @param dated those of the names that a date was put into: there need not be one for every day
 */
record IndexTarget(List<String> names, List<String> dated) {

  IndexTarget {
    names = List.copyOf(names);
    dated = List.copyOf(dated);
  }

  /** As Elasticsearch takes it and as users read it. */
  String expression() {
    return String.join(",", names);
  }

  /** Whether a name may be that of no index. */
  boolean mayBeMissing(String name) {
    return dated.contains(name);
  }

  /** The others. */
  IndexTarget without(String name) {
    return new IndexTarget(names.stream().filter(other -> !other.equals(name)).toList(), dated);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import org.jspecify.annotations.Nullable;

/**
 * Where a list looks.
 *
 * @param parent a namespace; {@code null} for all
 * @param result the last segment of a result's name; {@code null} for all
 */
public record Scope(@Nullable String parent, @Nullable String result) {

  /** All results of a parent; of all parents if it is the wildcard. */
  public static Scope of(String parent) {
    return new Scope(unlessWildcard(parent), null);
  }

  /** All records of a result; either segment of the name may be the wildcard. */
  public static Scope of(ResultName name) {
    return new Scope(unlessWildcard(name.parent()), unlessWildcard(name.result()));
  }

  private static @Nullable String unlessWildcard(String segment) {
    return segment.equals(ResultName.WILDCARD) ? null : segment;
  }

  /** The condition on rows of {@code results}. */
  Condition ofResults() {
    return Condition.equal("parent", parent).and(Condition.equal("name", result));
  }

  /** The condition on rows of {@code records}. */
  Condition ofRecords() {
    return Condition.equal("parent", parent).and(Condition.equal("result_name", result));
  }
}

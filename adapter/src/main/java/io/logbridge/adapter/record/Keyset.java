// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a page begins in an ordered list: after a row, not after a number of rows. So a page costs
 * the same wherever it is, and rows that come and go meanwhile shift nothing.
 *
 * @param order {@code null} for the order of uids, which is arbitrary but stays
 * @param after the last row of the page before; {@code null} for the first page
 */
public record Keyset(@Nullable Order order, @Nullable Position after) {

  /** The first page in the order of uids. */
  public static Keyset start() {
    return new Keyset(null, null);
  }

  /** An order by a time; rows of the same time are in the order of uids. */
  public record Order(SortKey key, boolean descending) {}

  /**
   * A row of an ordered list.
   *
   * @param value of its sort key; {@code null} if it has none, or there is no order
   */
  public record Position(String uid, @Nullable Instant value) {}

  /** The condition on the rows that come after. */
  Condition condition() {
    if (after == null) {
      return Condition.TRUE;
    }
    if (order == null) {
      return Condition.of("id > ?", after.uid());
    }
    String column = order.key().column();
    return order.descending() ? descending(column, after) : ascending(column, after);
  }

  /** NULLs are last in this direction. */
  private static Condition ascending(String column, Position after) {
    if (after.value() == null) {
      return Condition.of(column + " IS NULL AND id > ?", after.uid());
    }
    return Condition.of(
        "(%1$s, id) > (?, ?) OR %1$s IS NULL".formatted(column), after.value(), after.uid());
  }

  /** NULLs are first in this direction. */
  private static Condition descending(String column, Position after) {
    if (after.value() == null) {
      return Condition.of(
          "%1$s IS NOT NULL OR (%1$s IS NULL AND id < ?)".formatted(column), after.uid());
    }
    return Condition.of("(%s, id) < (?, ?)".formatted(column), after.value(), after.uid());
  }

  /** The ORDER BY clause. */
  String orderBy() {
    if (order == null) {
      return " ORDER BY id";
    }
    String direction = order.descending() ? " DESC" : " ASC";
    return " ORDER BY " + order.key().column() + direction + ", id" + direction;
  }
}

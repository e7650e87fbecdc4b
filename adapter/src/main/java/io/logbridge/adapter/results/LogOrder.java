// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import io.logbridge.adapter.record.Keyset.Order;
import io.logbridge.adapter.record.SortKey;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code order_by} of the list of logs, which has older names and allows several fields. The
 * first of them decides, and uids do where it is the same: times have microseconds.
 */
final class LogOrder {

  private LogOrder() {}

  /**
   * Reads a clause.
   *
   * @return {@code null} if the clause is empty
   * @throws io.logbridge.adapter.error.RequestException if it is not right
   */
  static @Nullable Order parse(String clause) {
    if (clause.isEmpty()) {
      return null;
    }
    Order first = null;
    for (String part : clause.split(",", -1)) {
      Order order = order(part.strip());
      first = first == null ? order : first;
    }
    return first;
  }

  private static Order order(String part) {
    String[] words = part.split("\\s+", -1);
    if (words.length > 2) {
      throw Refusals.invalid("invalid order_by \"" + part + "\"");
    }
    SortKey key =
        switch (words[0]) {
          case "created_time" -> SortKey.CREATE_TIME;
          case "updated_time" -> SortKey.UPDATE_TIME;
          default -> throw Refusals.invalid("order by " + words[0] + " not supported");
        };
    return new Order(key, words.length == 2 && isDescending(words[1]));
  }

  private static boolean isDescending(String direction) {
    return switch (direction.toLowerCase(Locale.ROOT)) {
      case "asc" -> false;
      case "desc" -> true;
      default -> throw Refusals.invalid("invalid sort direction \"" + direction + "\"");
    };
  }
}

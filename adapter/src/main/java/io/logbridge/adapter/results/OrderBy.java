// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import io.logbridge.adapter.record.Keyset.Order;
import io.logbridge.adapter.record.SortKey;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code order_by}: one field, and a direction in capitals or not. */
final class OrderBy {

  private static final Pattern CLAUSE =
      Pattern.compile("([\\w.]+)[\\t\\n\\f\\r ]*(ASC|asc|DESC|desc)?");

  private OrderBy() {}

  /**
   * Reads a clause.
   *
   * @param keys that are allowed
   * @return {@code null} if the clause is empty
   * @throws io.logbridge.adapter.error.RequestException if it has another form or names another
   *     field
   */
  static @Nullable Order parse(String clause, List<SortKey> keys) {
    if (clause.isEmpty()) {
      return null;
    }
    Matcher matcher = CLAUSE.matcher(clause);
    if (!matcher.matches()) {
      throw Refusals.invalid("invalid order by statement:\n" + expected(keys));
    }
    String field = matcher.group(1);
    SortKey key =
        keys.stream()
            .filter(candidate -> candidate.field().equals(field))
            .findFirst()
            .orElseThrow(() ->
                Refusals.invalid(
                    field
                        + ": field is unknown or cannot be used in the order by clause\n"
                        + expected(keys)));
    String direction = matcher.group(2);
    return new Order(key, direction != null && direction.toLowerCase(Locale.ROOT).equals("desc"));
  }

  private static String expected(List<SortKey> keys) {
    return keys.stream()
        .map(SortKey::field)
        .collect(Collectors.joining("|", "the value must obey the format <", "> [asc|desc]"));
  }

  /** A clause as messages quote it: {@code create_time DESC}. */
  static String text(String field, boolean descending) {
    return field + (descending ? " DESC" : " ASC");
  }
}

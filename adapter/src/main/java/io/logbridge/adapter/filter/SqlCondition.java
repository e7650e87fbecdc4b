// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import java.util.List;

/**
 * A condition on the rows of {@code results} or {@code records}.
 *
 * @param sql a boolean expression over the unqualified columns of the table, complete in itself:
 *     {@code (parent = ?) AND (sql)} is never anything else than that
 * @param parameters of its placeholders {@code ?}, in order; each a {@code String}, {@code Long},
 *     {@code Double}, {@code Boolean} or {@code OffsetDateTime}
 */
public record SqlCondition(String sql, List<Object> parameters) {

  /** What every row fulfils. */
  public static final SqlCondition TRUE = new SqlCondition("TRUE", List.of());

  public SqlCondition {
    parameters = List.copyOf(parameters);
  }
}

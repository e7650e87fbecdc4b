// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import java.util.Arrays;
import java.util.Optional;

/** What a summary of records can say. */
public enum Aggregate {
  TOTAL("total", "count(*)"),
  SUCCEEDED("succeeded", reasons("IN ('Succeeded', 'Completed')")),
  FAILED("failed", reasons("= 'Failed'")),
  CANCELLED("cancelled", reasons("= 'Cancelled'")),
  RUNNING("running", reasons("= 'Running'")),
  OTHERS("others", reasons("NOT IN ('Failed', 'Succeeded', 'Cancelled', 'Running', 'Completed')")),
  LAST_RUNTIME("last_runtime", "max(extract(epoch from r.started))"),
  AVG_DURATION("avg_duration", duration("avg")),
  MIN_DURATION("min_duration", duration("min")),
  MAX_DURATION("max_duration", duration("max")),
  TOTAL_DURATION("total_duration", duration("sum"));

  private final String field;
  private final String sql;

  Aggregate(String field, String sql) {
    this.field = field;
    this.sql = sql;
  }

  private static String reasons(String test) {
    return "count(*) FILTER (WHERE r.reason " + test + ")";
  }

  private static String duration(String function) {
    return function + "(r.ended - r.started)";
  }

  /** Its name in the API. */
  public String field() {
    return field;
  }

  /** Over the rows {@code r} of {@link SummaryStore}. */
  String sql() {
    return sql;
  }

  /** The one with this name. */
  public static Optional<Aggregate> named(String field) {
    return Arrays.stream(values()).filter(candidate -> candidate.field.equals(field)).findFirst();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import java.util.Arrays;
import java.util.List;

/** The fields that lists can be ordered by. */
public enum SortKey {
  CREATE_TIME("create_time", "created_time", true),
  SUMMARY_END_TIME("summary.end_time", "recordsummary_end_time", false),
  SUMMARY_START_TIME("summary.start_time", "recordsummary_start_time", false),
  UPDATE_TIME("update_time", "updated_time", true);

  private final String field;
  private final String column;
  private final boolean ofRecords;

  SortKey(String field, String column, boolean ofRecords) {
    this.field = field;
    this.column = column;
    this.ofRecords = ofRecords;
  }

  /** Its name in the API. */
  public String field() {
    return field;
  }

  /** Its name in the database. */
  String column() {
    return column;
  }

  /** Those of results, by name. */
  public static List<SortKey> ofResults() {
    return List.of(values());
  }

  /** Those of records, by name. */
  public static List<SortKey> ofRecords() {
    return Arrays.stream(values()).filter(key -> key.ofRecords).toList();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The values of a filter's variables: the columns of a table, and constants. */
final class Columns {

  private static final String RECORD_TYPES = "tekton.dev/v1.";

  private static final Map<String, Value> CONSTANTS =
      Map.of(
          "PIPELINE_RUN", Value.string(RECORD_TYPES + "PipelineRun"),
          "TASK_RUN", Value.string(RECORD_TYPES + "TaskRun"));

  static final Map<String, Value> OF_RECORDS =
      merge(
          Map.of(
              "parent", text("parent"),
              "result_name", text("result_name"),
              "name", text("name"),
              "data_type", text("type"),
              "data", Value.of(Kind.JSON, Sql.of("data"))),
          CONSTANTS);

  static final Map<String, Value> OF_RESULTS =
      merge(
          Map.of(
              "parent", text("parent"),
              "uid", text("id"),
              "annotations", texts("annotations"),
              "create_time", Value.of(Kind.TIMESTAMP, Sql.of("created_time")),
              "update_time", Value.of(Kind.TIMESTAMP, Sql.of("updated_time")),
              "UNKNOWN", status(0),
              "SUCCESS", status(1),
              "FAILURE", status(2),
              "TIMEOUT", status(3),
              "CANCELLED", status(4)),
          CONSTANTS);

  /** The fields of {@code summary}. */
  static final Map<String, Value> OF_SUMMARY =
      Map.of(
          "record", text("recordsummary_record"),
          "type", text("recordsummary_type"),
          "start_time", Value.of(Kind.TIMESTAMP, Sql.of("recordsummary_start_time")),
          "end_time", Value.of(Kind.TIMESTAMP, Sql.of("recordsummary_end_time")),
          "status", Value.of(Kind.INT, Sql.of("recordsummary_status")),
          "annotations", texts("recordsummary_annotations"));

  /** The columns of JSON objects in which a text is found by containment. */
  static final Set<String> CONTAINERS = Set.of("annotations", "recordsummary_annotations", "data");

  /** The labels of an archived object. */
  static final String LABELS = "((data->'metadata')->'labels')";

  private Columns() {}

  private static Value text(String column) {
    return Value.of(Kind.STRING, Sql.of(column));
  }

  private static Value texts(String column) {
    return Value.container(Kind.MAP, Kind.STRING, Sql.of(column));
  }

  private static Value status(long number) {
    return Value.literal(Kind.INT, "bigint", number);
  }

  private static Map<String, Value> merge(Map<String, Value> first, Map<String, Value> second) {
    return Stream.of(first, second)
        .flatMap(map -> map.entrySet().stream())
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}

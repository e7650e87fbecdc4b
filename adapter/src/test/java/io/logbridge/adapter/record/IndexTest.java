// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.adapter.filter.FilterCompiler;
import io.logbridge.backend.Deadline;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The plans of the lists that clients ask for, on a table in which a sequential scan would hurt.
 */
class IndexTest {

  private static final FilterCompiler RECORDS = FilterCompiler.records();
  private static final FilterCompiler RESULTS = FilterCompiler.results();

  private static Database database;

  @BeforeAll
  static void fillTheTables() {
    database = Database.open(TestDatabase.empty(true));
    TestDatabase.execute(
        database,
        """
        INSERT INTO results (parent, id, name, annotations, created_time)
        SELECT 'ns' || n % 100, 'id' || n, 'r' || n, jsonb_build_object('run', 'run-' || n),
               now() - n * interval '1 s'
          FROM generate_series(1, 20000) AS n
        """);
    TestDatabase.execute(
        database,
        """
        INSERT INTO records (parent, result_id, result_name, id, name, type, data, created_time)
        SELECT parent, id, name, 'id' || n, 'run' || n,
               CASE WHEN n % 10 = 0 THEN 'tekton.dev/v1.PipelineRun'
                    ELSE 'tekton.dev/v1.TaskRun' END,
               jsonb_build_object('metadata', jsonb_build_object(
                   'name', 'run-' || n, 'uid', 'uid-' || n,
                   'labels', jsonb_build_object('app', 'app-' || n))),
               created_time
          FROM (SELECT *, row_number() OVER () AS n FROM results) AS r
        """);
    TestDatabase.execute(database, "ANALYZE");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ns1 |                                                   | ID      | by_parent_id",
        "-   |                                                   | ID      | records_by_id",
        "ns1 |                                                   | CREATED | by_parent_created",
        "-   |                                                   | CREATED | records_by_created",
        "ns1 | data_type == PIPELINE_RUN                         | CREATED | by_type",
        "-   | data.metadata.uid == 'uid-77'                     | ID      | by_run_uid",
        "-   | data.metadata.name == 'run-77'                    | CREATED | by_run_name",
        "-   | data.metadata.labels['app'] == 'app-77'           | ID      | by_label",
        "-   | data_type == TASK_RUN && data.metadata.labels.app == 'app-77' | ID | by_label",
      })
  void aListOfRecordsUsesAnIndex(String parent, String filter, String order, String index) {
    assertThat(plan("records", parent, condition(RECORDS, filter), order))
        .anyMatch(line -> line.contains(index))
        .noneMatch(line -> line.contains("Seq Scan"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ns1 |                                 | ID      | results_pkey",
        "-   |                                 | ID      | results_by_id",
        "ns1 |                                 | CREATED | by_parent_created",
        "-   |                                 | CREATED | results_by_created",
        "-   | annotations['run'] == 'run-77'  | ID      | by_annotation",
      })
  void aListOfResultsUsesAnIndex(String parent, String filter, String order, String index) {
    assertThat(plan("results", parent, condition(RESULTS, filter), order))
        .anyMatch(line -> line.contains(index))
        .noneMatch(line -> line.contains("Seq Scan"));
  }

  /** What the index of labels is asked for must not change what is found. */
  @Test
  void aLabelIsFoundByItsIndexAsWithoutIt() {
    assertThat(names("data.metadata.labels['app'] == 'app-77'")).containsExactly("run77");
    assertThat(names("!(data.metadata.labels['none'] == 'x')")).isEmpty();
    assertThat(names("!(data.metadata.labels['app'] != 'app-77')")).containsExactly("run77");
  }

  private static List<String> names(String filter) {
    Condition condition = condition(RECORDS, filter);
    return lines("SELECT name FROM records WHERE " + condition.sql(), condition.parameters());
  }

  private static Condition condition(FilterCompiler filters, String filter) {
    return Condition.of(filters.compile(filter == null ? "" : filter));
  }

  private static List<String> plan(String table, String parent, Condition filter, String order) {
    Scope scope = Scope.of(parent);
    Condition where = (table.equals("records") ? scope.ofRecords() : scope.ofResults()).and(filter);
    String by =
        switch (order) {
          case "CREATED" -> "created_time DESC, id DESC";
          default -> "id";
        };
    return lines(
        "EXPLAIN SELECT * FROM "
            + table
            + " WHERE "
            + where.sql()
            + " ORDER BY "
            + by
            + " LIMIT 51",
        where.parameters());
  }

  private static List<String> lines(String sql, List<Object> parameters) {
    return database.query(
        sql,
        Deadline.never(),
        statement -> {
          Parameters.bind(statement, parameters.toArray());
          try (ResultSet rows = statement.executeQuery()) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
              lines.add(rows.getString(1));
            }
            return lines;
          }
        });
  }
}

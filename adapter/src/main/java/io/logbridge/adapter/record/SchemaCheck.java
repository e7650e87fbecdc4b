// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import io.logbridge.backend.SettingsException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Sees what the database has of the tables of Tekton Results.
 *
 * @param present the columns of the tables that could be them
 */
record SchemaCheck(Set<String> present) {

  private static final List<String> COLUMNS =
      List.of(
          "results.parent",
          "results.id",
          "results.name",
          "results.annotations",
          "results.created_time",
          "results.updated_time",
          "results.recordsummary_record",
          "results.recordsummary_type",
          "results.recordsummary_start_time",
          "results.recordsummary_end_time",
          "results.recordsummary_status",
          "results.recordsummary_annotations",
          "results.etag",
          "records.parent",
          "records.result_id",
          "records.result_name",
          "records.id",
          "records.name",
          "records.type",
          "records.data",
          "records.created_time",
          "records.updated_time",
          "records.etag");

  private static final String DATA_AS_WRITTEN = "records.data_as_written";

  /**
   * @throws SettingsException if the tables cannot be listed
   */
  static SchemaCheck of(DataSource database) {
    Set<String> present = new HashSet<>();
    try (Connection connection = database.getConnection();
        ResultSet columns =
            connection.getMetaData().getColumns(null, schema(connection), "re%", "%")) {
      while (columns.next()) {
        present.add(columns.getString("TABLE_NAME") + "." + columns.getString("COLUMN_NAME"));
      }
    } catch (SQLException e) {
      throw new SettingsException("the tables of the database cannot be listed", e);
    }
    return new SchemaCheck(present);
  }

  /**
   * @throws SettingsException if a table or a column is missing, naming all that are
   */
  void unlessComplete() {
    List<String> missing = new ArrayList<>(COLUMNS);
    missing.removeAll(present);
    if (!missing.isEmpty()) {
      throw new SettingsException(
          "the database lacks "
              + String.join(", ", missing)
              + " (expected: the tables of Tekton Results; database.migrate: true creates them)");
    }
  }

  /** Whether the column is there that Tekton Results does not know. */
  boolean keepsDataAsWritten() {
    return present.contains(DATA_AS_WRITTEN);
  }

  private static String schema(Connection connection) throws SQLException {
    return String.valueOf(connection.getSchema());
  }
}

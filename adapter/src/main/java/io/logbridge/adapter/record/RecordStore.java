// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.backend.Deadline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads single records. Safe for use by many threads. */
public final class RecordStore {

  private static final String BY_NAME =
      """
      SELECT parent, result_name, name, id, type, data, etag, created_time, updated_time
        FROM records
       WHERE parent = ? AND result_name = ? AND name = ?
      """;

  private final Database database;

  public RecordStore(Database database) {
    this.database = database;
  }

  /**
   * A stored record.
   *
   * @param name {@code {parent}/results/{result}/records/{record}}
   * @param type of the data; {@code null} if there is none
   * @param data JSON as PostgreSQL prints it; {@code null} if there is none
   */
  public record Row(
      String name,
      String id,
      @Nullable String type,
      @Nullable String data,
      String etag,
      Instant created,
      Instant updated) {}

  /**
   * The record with this name.
   *
   * @throws RequestException {@code NOT_FOUND} if there is none
   */
  public Row get(String parent, String result, String record, Deadline deadline) {
    return database.query(
        BY_NAME,
        deadline,
        statement -> {
          statement.setString(1, parent);
          statement.setString(2, result);
          statement.setString(3, record);
          try (ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
              throw new RequestException(Code.NOT_FOUND, "record not found");
            }
            return row(rows);
          }
        });
  }

  private static Row row(ResultSet rows) throws SQLException {
    String name =
        rows.getString("parent")
            + "/results/"
            + rows.getString("result_name")
            + "/records/"
            + rows.getString("name");
    String etag = rows.getString("etag");
    return new Row(
        name,
        rows.getString("id"),
        rows.getString("type"),
        rows.getString("data"),
        etag == null ? "" : etag,
        rows.getObject("created_time", OffsetDateTime.class).toInstant(),
        rows.getObject("updated_time", OffsetDateTime.class).toInstant());
  }
}

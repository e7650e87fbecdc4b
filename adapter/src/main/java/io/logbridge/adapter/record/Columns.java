// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads columns, all of which may be NULL in the tables of Tekton Results. */
final class Columns {

  private Columns() {}

  /** A text; empty for NULL. */
  static String text(ResultSet rows, String column) throws SQLException {
    String text = rows.getString(column);
    return text == null ? "" : text;
  }

  static @Nullable Instant optionalTime(ResultSet rows, String column) throws SQLException {
    OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /**
   * A time; the epoch for NULL, which only somebody else than a server of the API can have left.
   */
  static Instant time(ResultSet rows, String column) throws SQLException {
    Instant time = optionalTime(rows, column);
    return time == null ? Instant.EPOCH : time;
  }
}

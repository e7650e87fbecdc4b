// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Gives a statement its parameters, first to last. */
final class Parameters {

  /** The last times that can have an offset; the driver takes what is beyond them for infinity. */
  private static final Instant FIRST = LocalDateTime.MIN.toInstant(ZoneOffset.UTC);

  private static final Instant LAST = LocalDateTime.MAX.toInstant(ZoneOffset.UTC);

  private final PreparedStatement statement;
  private int count;

  Parameters(PreparedStatement statement) {
    this.statement = statement;
  }

  static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
    Parameters parameters = new Parameters(statement);
    for (Object value : values) {
      parameters.add(value);
    }
  }

  Parameters add(@Nullable Object value) throws SQLException {
    count++;
    switch (value) {
      case null -> statement.setObject(count, null);
      case String text -> statement.setString(count, text);
      case Instant time -> statement.setObject(count, offset(time));
      case String[] texts ->
          statement.setArray(count, statement.getConnection().createArrayOf("text", texts));
      default -> statement.setObject(count, value);
    }
    return this;
  }

  private static OffsetDateTime offset(Instant time) {
    if (time.isAfter(LAST)) {
      return OffsetDateTime.MAX;
    }
    return time.isBefore(FIRST) ? OffsetDateTime.MIN : time.atOffset(ZoneOffset.UTC);
  }
}

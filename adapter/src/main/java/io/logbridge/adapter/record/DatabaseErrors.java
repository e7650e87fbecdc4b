// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What a failure of the database is for a client. Messages hold no text of the database's that
 * could quote a row: a filter may have met a value in a record that its caller may not read.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">SQLSTATEs</a>
 */
final class DatabaseErrors {

  private static final String UNIQUE_VIOLATION = "23505";
  private static final String FOREIGN_KEY_VIOLATION = "23503";
  private static final String QUERY_CANCELED = "57014";
  private static final String UNTRANSLATABLE_CHARACTER = "22P05";
  private static final String CHARACTER_NOT_IN_REPERTOIRE = "22021";

  private DatabaseErrors() {}

  static RequestException map(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (e instanceof SQLTimeoutException || state.equals(QUERY_CANCELED)) {
      return deadlinePassed(e);
    }
    return switch (state) {
      // These in the words of Tekton Results, which its clients have seen.
      case UNIQUE_VIOLATION ->
          new RequestException(
              Code.ALREADY_EXISTS,
              "ERROR: duplicate key value violates unique constraint \"%s\" (SQLSTATE %s)"
                  .formatted(constraint(e), state),
              e);
      case FOREIGN_KEY_VIOLATION ->
          new RequestException(
              Code.FAILED_PRECONDITION,
              "ERROR: insert or update on table \"records\" violates foreign key constraint"
                  + " \"%s\" (SQLSTATE %s)".formatted(constraint(e), state),
              e);
      case UNTRANSLATABLE_CHARACTER ->
          new RequestException(
              Code.INVALID_ARGUMENT,
              "ERROR: unsupported Unicode escape sequence (SQLSTATE " + state + ")",
              e);
      // Texts are sent in UTF-8, so it can only be the one character that PostgreSQL does not take.
      case CHARACTER_NOT_IN_REPERTOIRE ->
          new RequestException(
              Code.INVALID_ARGUMENT,
              "ERROR: invalid byte sequence for encoding \"UTF8\": 0x00 (SQLSTATE " + state + ")",
              e);
      default -> byClass(state, e);
    };
  }

  private static RequestException byClass(String state, SQLException e) {
    return switch (state.substring(0, Math.min(2, state.length()))) {
      case "22", "54" ->
          new RequestException(
              Code.INVALID_ARGUMENT,
              "the database cannot work with a value of the request, or with one in a record that"
                  + " the filter met (SQLSTATE "
                  + state
                  + ")",
              e);
      case "0A", "21", "23", "25", "26", "28", "2D", "2F", "34", "3D", "3F", "42", "44", "XX" ->
          new RequestException(
              Code.INTERNAL, "the database refuses a statement (SQLSTATE " + state + ")", e);
      // Connections, resources, operators who stop it, conflicts: another try may do.
      default ->
          new RequestException(
              Code.UNAVAILABLE, "the database does not answer (SQLSTATE " + state + ")", e);
    };
  }

  static RequestException deadlinePassed(@Nullable SQLException e) {
    return new RequestException(
        Code.DEADLINE_EXCEEDED, "the deadline passed before the database had answered", e);
  }

  private static String constraint(SQLException e) {
    ServerErrorMessage message =
        e instanceof PSQLException server ? server.getServerErrorMessage() : null;
    return message == null ? "" : String.valueOf(message.getConstraint());
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.transport.TransportException;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.elasticsearch.ElasticsearchFailure.Kind;
import io.logbridge.backend.http.BoundedInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.http.ContentTooLongException;
import org.apache.http.conn.ConnectTimeoutException;
import org.elasticsearch.client.ResponseException;
import org.jspecify.annotations.Nullable;

/**
 * What a failed request means. Messages hold the store's names for its errors, never its texts:
 * those quote queries and documents.
 */
final class FailureMapper {

  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]{0,80}");
  private static final Pattern WINDOW_LIMIT = Pattern.compile("less than or equal to: \\[(\\d+)]");

  private FailureMapper() {}

  /** The failure that this exception of the client stands for. */
  static ElasticsearchFailure map(Throwable thrown, String asked) {
    return switch (thrown) {
      case ElasticsearchException e -> answered(ErrorAnswer.of(e), asked);
      case TransportException e -> answered(ErrorAnswer.of(e), asked);
      case ResponseException e -> answered(ErrorAnswer.of(e), asked);
      case ContentTooLongException _ -> tooLong(asked);
      case BoundedInputStream.ExceededException _ -> tooLong(asked);
      case IOException e -> unreachable(e, asked);
      case CancellationException _ -> closed(asked);
      case IllegalStateException _ -> closed(asked);
      default ->
          new ElasticsearchFailure(
              Kind.OTHER, "", new LogBackendException(Reason.MALFORMED, asked, thrown));
    };
  }

  private static ElasticsearchFailure answered(ErrorAnswer answer, String asked) {
    List<ErrorCause> causes = causes(answer.error());
    if (causes.isEmpty()) {
      String message = asked + ": status " + answer.status() + ", not an error of Elasticsearch";
      return failure(Kind.OTHER, "", status(answer, message));
    }
    Set<String> types = types(causes);
    String message = asked + ": status " + answer.status() + " " + String.join(", ", types);
    if (types.contains("search_timeout_exception")) {
      return failure(Kind.OTHER, Reason.TIMED_OUT, message);
    }
    if (types.contains("search_context_missing_exception") || saysBadPointInTime(causes)) {
      return failure(Kind.POINT_IN_TIME_GONE, Reason.UNAVAILABLE, message);
    }
    if (types.contains("index_not_found_exception")) {
      LogBackendException missing = new LogBackendException(Reason.NOT_FOUND, message);
      return failure(Kind.INDEX_MISSING, indexOf(causes), missing);
    }
    if (types.contains("index_closed_exception")) {
      String closed = asked + ": index " + indexOf(causes) + " is closed (expected: open)";
      return failure(Kind.OTHER, Reason.INCOMPLETE, closed);
    }
    if (types.contains("circuit_breaking_exception")) {
      return failure(Kind.CIRCUIT_BREAKER, "", throttled(answer, message));
    }
    Kind kind = answer.status() == 400 ? badRequest(causes) : Kind.OTHER;
    String detail = kind == Kind.PAGE_TOO_LARGE ? windowLimit(causes) : "";
    return failure(kind, detail, status(answer, message));
  }

  private static Kind badRequest(List<ErrorCause> causes) {
    if (says(causes, "Result window is too large") || says(causes, "Batch size is too large")) {
      return Kind.PAGE_TOO_LARGE;
    }
    return says(causes, "disable_sequence_numbers") ? Kind.NO_SEQUENCE_NUMBERS : Kind.OTHER;
  }

  private static boolean saysBadPointInTime(List<ErrorCause> causes) {
    return says(causes, "reading search context id") || says(causes, "invalid id: [");
  }

  private static LogBackendException status(ErrorAnswer answer, String message) {
    int status = answer.status();
    return switch (status) {
      case 401, 403 -> new LogBackendException(Reason.ACCESS_DENIED, message);
      case 408 -> new LogBackendException(Reason.TIMED_OUT, message);
      case 429 -> throttled(answer, message);
      case 400, 404, 405, 406, 413, 415 -> new LogBackendException(Reason.BAD_QUERY, message);
      default ->
          status >= 500
              ? new LogBackendException(Reason.UNAVAILABLE, message, answer.retryAfter(), null)
              : new LogBackendException(Reason.MALFORMED, message);
    };
  }

  private static LogBackendException throttled(ErrorAnswer answer, String message) {
    return new LogBackendException(Reason.THROTTLED, message, answer.retryAfter(), null);
  }

  private static ElasticsearchFailure tooLong(String asked) {
    return failure(Kind.ANSWER_TOO_LONG, Reason.INCOMPLETE, asked + ": the answer is too long");
  }

  private static ElasticsearchFailure closed(String asked) {
    return failure(Kind.OTHER, Reason.UNAVAILABLE, asked + ": the backend is closed");
  }

  private static ElasticsearchFailure unreachable(IOException e, String asked) {
    String what =
        switch (e) {
          case UnknownHostException _ -> "the host is unknown";
          case ConnectTimeoutException _ -> "the connection is not made in time";
          case ConnectException _ -> "the connection is refused";
          case SocketTimeoutException _ -> "no answer in time";
          case SSLException _ -> "TLS fails: " + e.getMessage();
          default -> "the connection broke";
        };
    return failure(
        Kind.OTHER, "", new LogBackendException(Reason.UNAVAILABLE, asked + ": " + what, e));
  }

  private static List<ErrorCause> causes(@Nullable ErrorCause error) {
    List<ErrorCause> causes = new ArrayList<>();
    collect(error, causes, 0);
    return causes;
  }

  private static void collect(@Nullable ErrorCause error, List<ErrorCause> causes, int depth) {
    if (error == null || depth > 10) {
      return;
    }
    error.rootCause().forEach(root -> collect(root, causes, depth + 1));
    causes.add(error);
    collect(error.causedBy(), causes, depth + 1);
  }

  private static Set<String> types(List<ErrorCause> causes) {
    Set<String> types = new LinkedHashSet<>();
    for (ErrorCause cause : causes) {
      String type = cause.type();
      if (type != null && TYPE.matcher(type).matches()) {
        types.add(type);
      }
    }
    return types;
  }

  private static boolean says(List<ErrorCause> causes, String text) {
    return causes.stream()
        .anyMatch(cause -> cause.reason() != null && cause.reason().contains(text));
  }

  private static String indexOf(List<ErrorCause> causes) {
    return causes.stream()
        .map(cause -> cause.metadata().get("index"))
        .filter(index -> index != null)
        .map(index -> index.to(String.class))
        .findFirst()
        .orElse("");
  }

  private static String windowLimit(List<ErrorCause> causes) {
    return causes.stream()
        .map(cause -> cause.reason() == null ? "" : cause.reason())
        .map(WINDOW_LIMIT::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .findFirst()
        .orElse("");
  }

  private static ElasticsearchFailure failure(Kind kind, Reason reason, String message) {
    return failure(kind, "", new LogBackendException(reason, message));
  }

  private static ElasticsearchFailure failure(
      Kind kind, String detail, LogBackendException exception) {
    return new ElasticsearchFailure(kind, detail, exception);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.http.Refusals;
import io.logbridge.backend.http.StoreAnswer;
import io.logbridge.backend.loki.RangeOutcome.Obstacle;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Loki means when it refuses. It answers in plain text; the texts that we act upon are those
 * of Loki 2.9 and 3.x. Messages of ours never hold the text: it quotes queries.
 */
final class RefusalReader {

  /** Most releases leave out the end of the setting's name. */
  private static final Pattern MAX_ENTRIES =
      Pattern.compile("max_entries_limit(?:_per_query)? \\((\\d+) > (\\d{1,9})\\)");

  private static final Pattern MAX_LENGTH =
      Pattern.compile("time range exceeds the limit \\(query length: [^,]*, limit: ([0-9a-z]+)\\)");
  private static final Pattern TOO_MANY_BYTES = Pattern.compile("would read too many bytes");
  private static final Pattern TOO_MANY_BYTES_FOR_ONE =
      Pattern.compile("too large to execute on a single querier");
  private static final Pattern TOO_LARGE_A_MESSAGE =
      Pattern.compile("(received|trying to send) message larger than max");
  private static final Pattern TOO_OLD =
      Pattern.compile("it is past now - max_query_lookback(?: \\(([0-9a-z]+)\\))?");
  private static final Pattern MISSING_LABELS =
      Pattern.compile("missing required matchers \\[([a-zA-Z0-9_, ]+)]");
  private static final Pattern TOO_FEW_LABELS =
      Pattern.compile("required_number_label_matchers: (\\d{1,9})");
  private static final Pattern NO_TENANT = Pattern.compile("no org id");
  private static final Pattern TIMED_OUT = Pattern.compile("[Rr]equest timed out");
  private static final Pattern NO_DELETION =
      Pattern.compile("deletion is not available|404 page not found");

  private static final Pattern DURATION_PART = Pattern.compile("(\\d{1,9})(ms|[ywdhms])");

  private RefusalReader() {}

  /**
   * An obstacle that can be got over, if it is one.
   *
   * @throws LogBackendException for every other refusal
   */
  static Obstacle obstacle(StoreAnswer answer) throws IOException {
    String text = answer.text();
    Matcher entries = MAX_ENTRIES.matcher(text);
    if (entries.find()) {
      long limit = Long.parseLong(entries.group(2));
      return obstacle(
          answer, Obstacle.Kind.TOO_MANY_ENTRIES, limit, "max_entries_limit_per_query: " + limit);
    }
    Matcher length = MAX_LENGTH.matcher(text);
    if (length.find()) {
      return obstacle(
          answer,
          Obstacle.Kind.TOO_LONG_A_WINDOW,
          nanos(length.group(1)),
          "max_query_length: " + length.group(1));
    }
    if (TOO_MANY_BYTES.matcher(text).find()) {
      return obstacle(answer, Obstacle.Kind.TOO_MUCH_TO_READ, 0, "max_query_bytes_read");
    }
    if (TOO_MANY_BYTES_FOR_ONE.matcher(text).find()) {
      return obstacle(answer, Obstacle.Kind.TOO_MUCH_TO_READ, 0, "max_querier_bytes_read");
    }
    if (TOO_LARGE_A_MESSAGE.matcher(text).find()) {
      return obstacle(
          answer, Obstacle.Kind.TOO_LARGE_AN_ANSWER, 0, "grpc_server_max_send_msg_size");
    }
    throw failure(answer, text);
  }

  /** What a refusal means that nothing can be done about. */
  static LogBackendException failure(StoreAnswer answer) throws IOException {
    return failure(answer, answer.text());
  }

  /** The same of a request to delete. */
  static LogBackendException deletion(StoreAnswer answer) throws IOException {
    String text = answer.text();
    if (NO_DELETION.matcher(text).find()) {
      return new LogBackendException(
          Reason.BAD_QUERY,
          answer.asked()
              + ": status "
              + answer.status()
              + ", Loki deletes nothing for this tenant (expected: compactor.retention_enabled and"
              + " limits_config.deletion_mode: filter-and-delete)");
    }
    return failure(answer, text);
  }

  private static LogBackendException failure(StoreAnswer answer, String text) {
    Matcher old = TOO_OLD.matcher(text);
    if (old.find()) {
      return new LogBackendException(
          Reason.NOT_FOUND,
          answer.asked()
              + ": status "
              + answer.status()
              + ", the log is older than Loki looks back (max_query_lookback"
              + (old.group(1) == null ? "" : ": " + old.group(1))
              + ")");
    }
    Matcher missing = MISSING_LABELS.matcher(text);
    if (missing.find()) {
      return labelsWanted(answer, "wants a value of " + missing.group(1) + " in each query");
    }
    Matcher few = TOO_FEW_LABELS.matcher(text);
    if (few.find()) {
      return labelsWanted(answer, "wants " + few.group(1) + " labels in each query");
    }
    if (NO_TENANT.matcher(text).find()) {
      return Refusals.of(
          answer,
          answer.asked()
              + ": status "
              + answer.status()
              + ", Loki has tenants (expected: logStorage.loki.tenant)");
    }
    if (TIMED_OUT.matcher(text).find()) {
      return new LogBackendException(
          Reason.TIMED_OUT,
          answer.asked() + ": status " + answer.status() + ", Loki's query_timeout has passed");
    }
    return Refusals.of(answer);
  }

  private static LogBackendException labelsWanted(StoreAnswer answer, String wanted) {
    return new LogBackendException(
        Reason.MISCONFIGURED,
        answer.asked()
            + ": status "
            + answer.status()
            + ", Loki "
            + wanted
            + " (expected: them in logStorage.loki.labels, or with their values in"
            + " logStorage.loki.labels.always)");
  }

  private static Obstacle obstacle(
      StoreAnswer answer, Obstacle.Kind kind, long limit, String setting) {
    return new Obstacle(
        kind,
        limit,
        new LogBackendException(
            Reason.INCOMPLETE,
            answer.asked()
                + ": status "
                + answer.status()
                + ", Loki's "
                + setting
                + " does not let the log be read"));
  }

  /** A duration as Prometheus writes it: {@code 30d1h}; 0 if it is none. */
  private static long nanos(String text) {
    Matcher part = DURATION_PART.matcher(text);
    Duration duration = Duration.ZERO;
    while (part.find()) {
      long number = Long.parseLong(part.group(1));
      duration =
          duration.plus(
              switch (part.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                case "d" -> Duration.ofDays(number);
                case "w" -> Duration.ofDays(7 * number);
                default -> Duration.ofDays(365 * number);
              });
    }
    return duration.compareTo(Duration.ofDays(36_500)) < 0 ? duration.toNanos() : 0;
  }
}

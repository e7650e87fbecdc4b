// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.http.AnswerTooLongException;
import io.logbridge.backend.http.Refusals;
import io.logbridge.backend.http.StoreAnswer;
import io.logbridge.backend.http.StoreHttp;
import io.logbridge.backend.http.StoreRequest;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs searches, and logs in for them where that is how to prove who we are. A search ends at its
 * deadline and when its thread is interrupted; its connection is closed then, with which Splunk
 * ends it too. Safe for use by many threads.
 */
final class SplunkClient implements AutoCloseable {

  static final String V2 = "/services/search/v2";
  private static final String V1 = "/services/search";

  private final StoreHttp http;
  private final @Nullable Session session;

  /** Servers before 9.0.1 know the first version of the endpoints only. */
  private volatile boolean legacy;

  SplunkClient(SplunkSettings settings) {
    this.http =
        new StoreHttp(SplunkBackend.TYPE, settings.connection(), settings.paging().maxAnswer());
    this.session = settings.session();
  }

  /** What came back, if not a failure of the connection. */
  private sealed interface Outcome<T> {

    record Done<T>(T result) implements Outcome<T> {}

    record Refused<T>(int status, LogBackendException failure) implements Outcome<T> {}
  }

  /**
   * Runs a search and reads its results.
   *
   * @param rows makes what takes the results; once for each try
   * @throws LogBackendException if not all of the result can be had
   */
  <T> T run(Search search, Deadline deadline, Supplier<RowReader<T>> rows)
      throws InterruptedException {
    Outcome<T> outcome =
        session == null ? any(search, deadline, rows) : loggedIn(session, search, deadline, rows);
    return switch (outcome) {
      case Outcome.Done<T>(var result) -> result;
      case Outcome.Refused<T>(_, var failure) -> throw failure;
    };
  }

  private <T> Outcome<T> loggedIn(
      Session opened, Search search, Deadline deadline, Supplier<RowReader<T>> rows)
      throws InterruptedException {
    Session.Key key = opened.open(http, deadline);
    Outcome<T> outcome = any(search, deadline, rows);
    if (!isRefused(outcome, 401)) {
      return outcome;
    }
    opened.expired(key);
    opened.open(http, deadline);
    return any(search, deadline, rows);
  }

  private <T> Outcome<T> any(Search search, Deadline deadline, Supplier<RowReader<T>> rows)
      throws InterruptedException {
    if (!legacy) {
      Outcome<T> outcome = send(search.export(V2), deadline, rows);
      if (!isRefused(outcome, 404)) {
        return outcome;
      }
    }
    Outcome<T> outcome = send(search.export(V1), deadline, rows);
    legacy = legacy || outcome instanceof Outcome.Done;
    return outcome;
  }

  private <T> Outcome<T> send(StoreRequest request, Deadline deadline, Supplier<RowReader<T>> rows)
      throws InterruptedException {
    try {
      return http.call(request, deadline, answer -> outcome(answer, rows));
    } catch (AnswerTooLongException e) {
      throw new LogBackendException(
          Reason.INCOMPLETE,
          SplunkBackend.TYPE
              + " "
              + request.name()
              + ": the answer is longer than "
              + e.limit()
              + " bytes (expected: a larger maxHeldBytes)");
    }
  }

  private static <T> Outcome<T> outcome(StoreAnswer answer, Supplier<RowReader<T>> rows)
      throws IOException {
    return answer.isSuccess()
        ? new Outcome.Done<>(ExportReader.read(answer, rows.get()))
        : new Outcome.Refused<>(answer.status(), refusal(answer));
  }

  static LogBackendException refusal(StoreAnswer answer) throws IOException {
    return Messages.refusal(answer.asked(), answer.status(), answer.text(), Refusals.of(answer));
  }

  private static boolean isRefused(Outcome<?> outcome, int status) {
    return outcome instanceof Outcome.Refused<?> refused && refused.status() == status;
  }

  @Override
  public void close() {
    http.close();
  }
}

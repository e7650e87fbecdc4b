// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.helidon.webserver.CloseConnectionException;
import io.logbridge.adapter.stream.CallScope;
import io.logbridge.adapter.stream.CancelledException;
import io.logbridge.adapter.stream.LogPlan;
import io.logbridge.adapter.stream.LogService;
import org.jspecify.annotations.Nullable;

/**
 * Sends a log as the body of a response that is a success only if the log is complete. A failure
 * before the first byte is a status. A failure after it aborts the connection: there is no other
 * way to tell the client that what it has is not all.
 */
public final class StrictLog {

  private final LogService logs;

  public StrictLog(LogService logs) {
    this.logs = logs;
  }

  /** How a face says what has failed. */
  public interface Failing {

    /** Answers with the failure; nothing has been sent yet. */
    void refuse(Failure failure);

    /** The last line for a client that has a part of the log; {@code null} for none. */
    @Nullable String lastLine(Failure failure);
  }

  /**
   * Sends the log; when it returns, it is sent, or the client has been told why it is not.
   *
   * @throws CloseConnectionException if the log has been sent in part
   */
  public void send(
      LogPlan plan, HttpLogSink sink, CallScope scope, AccessLog line, Failing failing) {
    try {
      logs.stream(plan, sink, scope);
      sink.complete();
    } catch (RuntimeException | Error e) { // of whatever kind: it is no success
      Failure failure = HttpAnswers.failure(e);
      line.failed(failure);
      if (!sink.isCommitted()) {
        failing.refuse(failure);
        return;
      }
      if (!(e instanceof CancelledException) && !scope.isCancelled()) {
        sayLast(failing.lastLine(failure), sink);
      }
      throw new CloseConnectionException("the log is not complete", e);
    }
  }

  private static void sayLast(@Nullable String line, HttpLogSink sink) {
    if (line == null) {
      return;
    }
    try {
      sink.writeLine(line);
    } catch (CancelledException _) {
      // The client has left meanwhile, and its connection is closed in any case.
    }
  }
}

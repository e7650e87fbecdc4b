// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import com.google.rpc.Code;
import io.logbridge.adapter.auth.RequestHeaders;
import io.logbridge.adapter.trace.Traced;
import io.logbridge.adapter.trace.Traces;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One line and one span per call: what was asked, how it ended, how much was sent, how long it
 * took.
 *
 * <p>Begun and closed by the thread that serves the call.
 */
public final class AccessLog implements AutoCloseable {

  private static final Logger LOG = System.getLogger("io.logbridge.access");

  private final String method;
  private final String name;
  private final Traced span;
  private LongSupplier bytes = () -> 0;
  private Consumer<Code> listener = _ -> {};
  private final long start = System.nanoTime();
  private @Nullable Failure failure;

  private AccessLog(String method, String name, Traced span) {
    this.method = method;
    this.name = name;
    this.span = span;
  }

  /**
   * Begins a call; closing it writes the line and ends the span.
   *
   * @param headers say in which trace the call is
   */
  public static AccessLog begin(String method, String name, RequestHeaders headers) {
    return new AccessLog(method, name, Traces.call(method, headers::all));
  }

  /** Says who knows how many bytes were sent, when the call ends; else it is none. */
  public void counts(LongSupplier sent) {
    bytes = sent;
  }

  /** Says who else is to know how the call has ended, when it does. */
  void tells(Consumer<Code> ended) {
    listener = ended;
  }

  /** Says that the call has not ended as a success. */
  public void failed(Failure how) {
    failure = how;
  }

  @Override
  public void close() {
    long millis = (System.nanoTime() - start) / 1_000_000;
    Code code = failure == null ? Code.OK : failure.code();
    listener.accept(code);
    long sent = bytes.getAsLong();
    if (LOG.isLoggable(Level.INFO)) {
      String message = failure == null ? null : failure.message();
      LOG.log(Level.INFO, "{0}", new AccessLine(method, name, code, sent, millis, message));
    }
    span.attribute("logbridge.name", name);
    span.attribute("logbridge.bytes", sent);
    if (failure != null) {
      span.failed(code.name(), isOurs(code));
    }
    span.close();
  }

  /** Whether it is the server that has failed, and not the call that asks for too much. */
  private static boolean isOurs(Code code) {
    return switch (code) {
      case UNKNOWN, DEADLINE_EXCEEDED, INTERNAL, UNAVAILABLE, DATA_LOSS -> true;
      default -> false;
    };
  }
}

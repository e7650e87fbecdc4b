// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import com.google.rpc.Code;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One line per call: what was asked, how it ended, how much was sent, how long it took. */
public final class AccessLog implements AutoCloseable {

  private static final Logger LOG = System.getLogger("io.logbridge.access");

  private final String method;
  private final String name;
  private final LongSupplier bytes;
  private final long start = System.nanoTime();
  private @Nullable Failure failure;

  private AccessLog(String method, String name, LongSupplier bytes) {
    this.method = method;
    this.name = name;
    this.bytes = bytes;
  }

  /** Begins a call; closing it writes the line. */
  public static AccessLog begin(String method, String name, LongSupplier bytes) {
    return new AccessLog(method, name, bytes);
  }

  /** Says that the call has not ended as a success. */
  public void failed(Failure how) {
    failure = how;
  }

  @Override
  public void close() {
    if (!LOG.isLoggable(Level.INFO)) {
      return;
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    Code code = failure == null ? Code.OK : failure.code();
    String message = failure == null ? null : failure.message();
    LOG.log(
        Level.INFO, "{0}", new AccessLine(method, name, code, bytes.getAsLong(), millis, message));
  }
}

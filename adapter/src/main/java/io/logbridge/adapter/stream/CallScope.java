// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.Secret;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a call may take, whether its client is still there, and whose call it is.
 *
 * <p>The thread that serves a call also writes to a socket that it shares with other calls, and
 * interrupting it would close that socket. So a call is cancelled through here: whoever waits for
 * the call registers what to stop.
 *
 * <p>Safe for use by many threads.
 */
public final class CallScope {

  private final Deadline deadline;
  private volatile @Nullable Secret caller;
  private final List<Runnable> listeners = new ArrayList<>();
  private boolean cancelled;
  private volatile boolean begun;

  public CallScope(Deadline deadline) {
    this.deadline = deadline;
  }

  public Deadline deadline() {
    return deadline;
  }

  /** Says whose call it is, once that is known. */
  public void askAs(@Nullable Secret token) {
    caller = token;
  }

  /** The token of the caller; {@code null} for none. */
  @Nullable Secret caller() {
    return caller;
  }

  /** Says that entries have been had for the call: from now on it is better late than cut off. */
  void begin() {
    begun = true;
  }

  /** Whether entries have been had for the call. */
  boolean hasBegun() {
    return begun;
  }

  /** Tells all that is registered to stop. The first call counts; must not be made to block. */
  public void cancel() {
    List<Runnable> toRun;
    synchronized (listeners) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      toRun = List.copyOf(listeners);
      listeners.clear();
    }
    toRun.forEach(Runnable::run);
  }

  public boolean isCancelled() {
    synchronized (listeners) {
      return cancelled;
    }
  }

  /**
   * Ends the work on a call that nobody waits for.
   *
   * @throws CancelledException if the client has gone away
   */
  public void throwIfCancelled() {
    if (isCancelled()) {
      throw new CancelledException("the client has cancelled the call");
    }
  }

  /**
   * Runs something when the call is cancelled; at once if it already is.
   *
   * @param listener must not block
   * @return takes the listener away again
   */
  public Registration onCancel(Runnable listener) {
    synchronized (listeners) {
      if (!cancelled) {
        listeners.add(listener);
        return () -> {
          synchronized (listeners) {
            listeners.remove(listener);
          }
        };
      }
    }
    listener.run();
    return () -> {};
  }

  /** A listener that can be taken away. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}

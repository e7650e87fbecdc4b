// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;

/**
 * Work that has a span, which is the current one of the thread until it is closed. Close it on the
 * thread that began it.
 */
public final class Traced implements AutoCloseable {

  private final Span span;
  private final Scope current;

  @SuppressWarnings("MustBeClosedChecker") // close() does
  Traced(Span span) {
    this.span = span;
    this.current = span.makeCurrent();
  }

  /** Says something about the work; never a secret, and nothing of a log. */
  public void attribute(String key, String value) {
    span.setAttribute(key, value);
  }

  /** The same for a number. */
  public void attribute(String key, long value) {
    span.setAttribute(key, value);
  }

  /** Says that something happened meanwhile. */
  public void event(String name) {
    span.addEvent(name);
  }

  /**
   * Says that the work failed.
   *
   * @param type what kind of failure it was: a name, not a text
   */
  public void failed(String type) {
    failed(type, true);
  }

  /** The same; it is the span's own failure only if {@code own}. */
  public void failed(String type, boolean own) {
    span.setAttribute("error.type", type);
    if (own) {
      span.setStatus(StatusCode.ERROR);
    }
  }

  @Override
  public void close() {
    current.close();
    span.end();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.testkit.proxy.FaultProxy;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong in one kind of store only: an index that vanishes, a shard that fails,
 * a point in time that expires.
 *
 * @param name a few words, for the name of the test
 * @param moment when it happens
 * @param reason how the read must fail, or {@code null} if the reader must get over it
 * @param inflict makes it happen
 * @param heal ends it; the read is then repeated, and must give the rest. {@code null} if nothing
 *     can
 */
public record StoreFault(
    String name,
    Moment moment,
    LogBackendException.@Nullable Reason reason,
    Action inflict,
    @Nullable Action heal) {

  /** When a fault happens. */
  public enum Moment {
    /** Before the first page is read. */
    AT_START,
    /** When the first page has been read and others are to follow. */
    BETWEEN_PAGES,
  }

  /** What makes or ends a fault: in the store, or by answers that the proxy gives or changes. */
  @FunctionalInterface
  public interface Action {

    /**
     * Acts.
     *
     * @param proxy between the backend and its store; the kit heals it at the end
     * @param container whose log is being read; no other test uses it
     */
    void act(FaultProxy proxy, ContainerRef container) throws Exception;
  }

  @Override
  public String toString() {
    return name;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import org.jspecify.annotations.Nullable;

/** A fixture that is started when it is needed first. One that cannot start fails every test. */
final class StartedFixture {

  private final LogBackendFixture fixture;
  private boolean tried;
  private @Nullable Exception failure;

  StartedFixture(LogBackendFixture fixture) {
    this.fixture = fixture;
  }

  /** The fixture, started. */
  synchronized LogBackendFixture get() {
    if (!tried) {
      tried = true;
      try {
        fixture.start();
      } catch (Exception e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw new IllegalStateException("fixture \"" + this + "\" does not start", failure);
    }
    return fixture;
  }

  synchronized void close() throws Exception {
    if (tried) {
      fixture.close();
    }
  }

  @Override
  public String toString() {
    return fixture.name();
  }
}

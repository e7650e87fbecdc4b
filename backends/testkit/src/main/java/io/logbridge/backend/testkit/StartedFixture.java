// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A fixture that is started when it is needed first. One that cannot start fails every test. */
final class StartedFixture {

  private final LogBackendFixture fixture;
  private boolean tried;
  private @Nullable Exception failure;

  StartedFixture(LogBackendFixture fixture) {
    this.fixture = fixture;
  }

  /** The fixture, started; the test is skipped if the machine lacks something for that. */
  synchronized LogBackendFixture get() {
    fixture.missing().ifPresent(Assumptions::abort);
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

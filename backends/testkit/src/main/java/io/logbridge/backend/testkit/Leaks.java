// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** Looks for what must not be said. */
final class Leaks {

  /** What a store says in the bodies of the kit's faults. */
  static final String DETAIL = "detail-of-the-store-7f3a91";

  private Leaks() {}

  /** Neither the failure nor any of its causes names a credential or what the store said. */
  static void assertNone(Throwable failure, LogBackendFixture fixture) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    assertNone(text.toString(), fixture);
  }

  static void assertNone(String text, LogBackendFixture fixture) {
    List<String> secrets = fixture.secrets();
    assertThat(secrets).as("secrets of the fixture").isNotEmpty();
    assertThat(text).doesNotContain(secrets).doesNotContain(DETAIL);
  }
}

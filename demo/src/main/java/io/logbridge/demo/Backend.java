// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/** The stores that the demo can have its logs in. */
enum Backend {
  ELASTICSEARCH("Elasticsearch", ""),
  LOKI("the Loki of Logbridge's tests", notReal("Loki")),
  SPLUNK("the Splunk of Logbridge's tests", notReal("Splunk"));

  /** What a store of the tests may hold: it keeps every line in the demo's memory. */
  private static final int MAX_LINES_IN_MEMORY = 400_000;

  private static final int MAX_LINES = 50_000_000;

  private final String title;
  private final String note;

  Backend(String title, String note) {
    this.title = title;
    this.note = note;
  }

  private static String notReal(String product) {
    return """

    This is not a real %s. The logs are in the one of Logbridge's tests, a program that
    takes and answers requests like it, in memory. It tells nothing about speed.
    """
        .formatted(product);
  }

  /**
   * The store with this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Backend named(String name) {
    return Arrays.stream(values())
        .filter(backend -> backend.toString().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "--backend: " + name + " (expected: elasticsearch, loki or splunk)"));
  }

  /** What it is, for people. */
  String title() {
    return title;
  }

  /** What whoever uses it must know, as a paragraph after an empty line; empty if nothing. */
  String note() {
    return note;
  }

  /** How long the longest log can be. */
  int maxLines() {
    return this == ELASTICSEARCH ? MAX_LINES : MAX_LINES_IN_MEMORY;
  }

  /** Starts it, empty; the caller closes it. */
  LogStore start() throws IOException, InterruptedException {
    return switch (this) {
      case ELASTICSEARCH -> ElasticsearchStore.start();
      case LOKI -> LokiStore.start();
      case SPLUNK -> SplunkStore.start();
    };
  }

  /** As in {@code --backend}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.abuse;

import io.logbridge.backend.testkit.proxy.ProxiedRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store that has rows of several namespaces in it. */
interface Target extends AutoCloseable {

  /** The namespace that the attacker may read. */
  String MINE = "mine";

  /** What stands in every row that they may not read. */
  String FOREIGN = "FOREIGN";

  Instant WRITTEN = Instant.parse("2026-08-20T10:00:00Z");

  /** All rows, each in the second in which the run of {@link #WRITTEN} ran. */
  List<Row> ROWS =
      List.of(
          new Row(MINE, "run-pod", "step-build", "mine"),
          new Row(MINE, "run-pod-2", "step-build", "another pod"),
          new Row(MINE, "run-pod", "step-build-2", "another container"),
          new Row("other", "run-pod", "step-build", FOREIGN),
          new Row("other", "mine", "step-build", FOREIGN + " mine run-pod step-build"),
          new Row("mine-other", "run-pod", "step-build", FOREIGN),
          new Row("min", "run-pod", "step-build", FOREIGN));

  /** A line in the store. */
  record Row(String namespace, String pod, String container, String text) {}

  /** Whose lines a request can be answered with. */
  record Scope(String namespace, String pod, String container) {}

  URI uri();

  /**
   * The settings of a server.
   *
   * @param address of what stands before the store
   */
  Map<String, String> settings(URI address);

  /**
   * Reads a request that was sent to the store, and fails if any of it is not as it has to be.
   *
   * @return empty if it can be answered with no lines at all
   */
  Optional<Scope> scope(ProxiedRequest request);

  @Override
  void close() throws Exception;
}

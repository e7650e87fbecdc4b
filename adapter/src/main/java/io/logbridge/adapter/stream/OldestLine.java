// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendException;
import java.time.Instant;
import java.util.Optional;

/** How far back a store goes, asked about a log that has been read. */
final class OldestLine {

  private OldestLine() {}

  /**
   * When the oldest line was written in the place of a container. That the store refuses to tell,
   * or cannot, is no failure of a log that it has given. Blocks.
   */
  static Optional<Instant> of(ContainerLog part, LogBackend backend, Deadline deadline)
      throws InterruptedException {
    try {
      return backend.oldest(part.container(), deadline);
    } catch (LogBackendException _) {
      return Optional.empty();
    }
  }
}

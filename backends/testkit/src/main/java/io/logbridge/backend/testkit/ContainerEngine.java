// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;

/** Where the vendors' images run, if they are to. */
public final class ContainerEngine {

  /**
   * An epoch for fixtures of images, whose clock is the real one: Loki refuses what is older than a
   * week or of the future, and Splunk files the latter elsewhere. The same for all of a process.
   */
  @SuppressWarnings("TimeInStaticInitializer")
  public static final Instant EPOCH =
      Instant.now().minus(Duration.ofHours(26)).truncatedTo(ChronoUnit.HOURS);

  private ContainerEngine() {}

  /** Why no image can be run; nothing if one can. */
  public static Optional<String> missing() {
    return Answer.MISSING;
  }

  /** Found out when it is asked first, once. */
  private static final class Answer {

    private static final Optional<String> MISSING = find();

    private static Optional<String> find() {
      if (!Boolean.getBoolean("logbridge.vendorImages")) {
        return Optional.of("vendors' images are left out (-DvendorImages=true takes them in)");
      }
      return DockerClientFactory.instance().isDockerAvailable()
          ? Optional.empty()
          : Optional.of("no container engine answers (expected: one that Testcontainers finds)");
    }
  }
}

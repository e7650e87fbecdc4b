// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import java.net.URI;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** The vendor's image, one for all tests of this process; it ends with the process. */
final class LokiImage {

  private static final DockerImageName NAME = DockerImageName.parse("grafana/loki:3.4.6");
  private static final int PORT = 3100;

  private static GenericContainer<?> started;

  private LokiImage() {}

  /** Starts it, if it is not running, and says where it is. */
  static synchronized URI uri() {
    if (started == null) {
      started =
          new GenericContainer<>(NAME)
              .withExposedPorts(PORT)
              .withCommand(
                  "-config.file=/etc/loki/local-config.yaml",
                  // The lines of the tests come at once, and not in the order of their times.
                  "-distributor.ingestion-rate-limit-mb=1000",
                  "-distributor.ingestion-burst-size-mb=1000",
                  "-ingester.per-stream-rate-limit=1GB",
                  "-ingester.per-stream-rate-limit-burst=1GB",
                  "-ingester.max-chunk-age=96h",
                  // That a window was empty is remembered otherwise, and holds no more.
                  "-querier.cache-results=false")
              .waitingFor(
                  Wait.forHttp("/ready").forPort(PORT).withStartupTimeout(Duration.ofMinutes(2)));
      started.start();
    }
    return URI.create("http://" + started.getHost() + ":" + started.getMappedPort(PORT));
  }
}

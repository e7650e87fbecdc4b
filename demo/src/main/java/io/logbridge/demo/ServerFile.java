// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration of the demo's server: a file like any other. */
final class ServerFile {

  private ServerFile() {}

  /**
   * Writes a configuration.
   *
   * @param port of gRPC and REST; 0 for any that is free
   * @param logStorage the part about the store, see {@link LogStore#configuration}
   */
  static Path write(Path file, int port, DatabaseServer database, String logStorage)
      throws IOException {
    String yaml =
        """
        server:
          port: %d             # gRPC and REST; 0: any that is free
          operationsPort: 0    # metrics and health
          shutdownGrace: 1s

        auth:
          mode: none           # whoever reaches the port reads everything: for demos only

        dashboard:
          enabled: true

        database:
          url: %s
          user: %s
          migrate: true        # makes the tables of Tekton Results

        logs:
          forwarderDelay: 1m

        %s\
        """
            .formatted(port, database.url(), database.user(), logStorage);
    return Files.writeString(file, yaml);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

/**
 * What a server that is measured is told; the rest is as by default, except that readers may stall
 * for as long as a benchmark takes, and that the Dashboard is served where everybody may read.
 *
 * @param logStorage that part of the configuration, in YAML
 * @param auth the part {@code auth}, in YAML on one line
 */
record ServerSettings(String databaseUrl, String logStorage, String auth) {

  /** No log is read in a benchmark of records: nothing listens there. */
  private static final String NO_LOGS =
      """
      logStorage:
        backendType: Elasticsearch
        elasticsearch: {urls: "http://127.0.0.1:9", index: none}
      """;

  private static final String OPEN = "{mode: none}";

  /** For records, which everybody may read. */
  static ServerSettings of(String databaseUrl) {
    return of(databaseUrl, NO_LOGS);
  }

  /** For logs, which everybody may read. */
  static ServerSettings of(String databaseUrl, String logStorage) {
    return new ServerSettings(databaseUrl, logStorage, OPEN);
  }

  ServerSettings withAuth(String other) {
    return new ServerSettings(databaseUrl, logStorage, other);
  }

  /** The whole configuration. */
  String yaml() {
    return """
    server: {port: 0, operationsPort: 0, shutdownGrace: 1s, stallTimeout: 1h}
    auth: %s
    dashboard: {enabled: %s}
    database: {url: "%s", user: postgres, migrate: true}
    """
            .formatted(auth, auth.equals(OPEN), databaseUrl)
        + logStorage;
  }
}

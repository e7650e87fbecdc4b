// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import io.logbridge.backend.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the database of Tekton Results is.
 *
 * @param url of JDBC: {@code jdbc:postgresql://host:5432/tekton-results}
 * @param poolSize how many connections are kept
 * @param connectTimeout how long a call waits for a connection
 * @param queryTimeout how long a statement may run
 * @param startTimeout how long the start waits for the database to answer
 * @param migrate whether the tables are created if they are missing
 */
public record DatabaseConfig(
    String url,
    @Nullable String user,
    @Nullable Secret password,
    int poolSize,
    Duration connectTimeout,
    Duration queryTimeout,
    Duration startTimeout,
    boolean migrate) {

  /** The same, to be looked at only: as soon as it answers, and with the tables that it has. */
  public DatabaseConfig asItIs() {
    return new DatabaseConfig(
        url, user, password, poolSize, connectTimeout, queryTimeout, connectTimeout, false);
  }
}

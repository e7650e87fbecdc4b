// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import com.google.protobuf.InvalidProtocolBufferException;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.logbridge.adapter.auth.OpenGate;
import io.logbridge.adapter.auth.RequestHeaders;
import io.logbridge.adapter.auth.ResultsAccess;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.RecordStore;
import io.logbridge.adapter.record.ResultStore;
import io.logbridge.adapter.record.SummaryStore;
import io.logbridge.adapter.results.Call;
import io.logbridge.adapter.results.ResultsService;
import io.logbridge.backend.Deadline;
import io.logbridge.proto.v1alpha2.GetRecordRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The server's implementation of the service Results in this process, and the pool of connections
 * that it has: what a call costs before there is HTTP/2, gRPC or a line in the access log. Safe for
 * use by many threads.
 */
final class ServiceInProcess implements AutoCloseable {

  /** That of a server that is not told otherwise. */
  private static final int CONNECTIONS = 10;

  private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);
  private static final long LIST_BYTES = 64L << 20;

  private final HikariDataSource pool;
  private final Database database;
  private final ResultsService results;

  /** On tables that a server has made. */
  ServiceInProcess(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername("postgres");
    config.setMaximumPoolSize(CONNECTIONS);
    this.pool = new HikariDataSource(config);
    this.database = Database.on(pool, QUERY_TIMEOUT);
    Clock clock = Clock.systemUTC();
    this.results =
        new ResultsService(
            new ResultStore(database, clock),
            new RecordStore(database, clock),
            new SummaryStore(database),
            new ResultsAccess(new OpenGate()),
            "None",
            LIST_BYTES,
            clock);
  }

  /** For others to share it. */
  HikariDataSource pool() {
    return pool;
  }

  /** Gets a record: from the bytes of the request to those of the answer. */
  void get(Wanted wanted) {
    try {
      wanted.check(
          results
              .getRecord(
                  GetRecordRequest.parseFrom(wanted.request()),
                  new Call(NoHeaders.INSTANCE, Deadline.never()))
              .toByteArray());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the request cannot be read", e);
    }
  }

  private enum NoHeaders implements RequestHeaders {
    INSTANCE;

    @Override
    public Set<String> names() {
      return Set.of();
    }

    @Override
    public List<String> all(String name) {
      return List.of();
    }
  }

  @Override
  public void close() {
    database.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;

/** A real PostgreSQL in processes of its own, on a free port of the loopback address. */
final class DatabaseServer implements AutoCloseable {

  private static final String USER = "postgres";

  /** As long as Elasticsearch has: both start at once, and a machine may be slow. */
  private static final Duration START_CEILING = Duration.ofMinutes(2);

  private final EmbeddedPostgres server;

  private DatabaseServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /**
   * Starts a server with an empty database; returns when it accepts connections.
   *
   * @param data a folder that does not exist yet; deleted by {@link #close}
   */
  static DatabaseServer start(Path data) throws IOException {
    // The builder has a setter for it too, but makes an empty folder elsewhere before that is
    // called.
    System.setProperty("ot.epg.working-dir", binaries().toString());
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(true)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(START_CEILING)
            .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
            .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
            // What is lost when the machine fails is made again by the next start.
            .setServerConfig("fsync", "off")
            .start();
    return new DatabaseServer(server);
  }

  /** Where the server is unpacked to, once for all demos of this build. */
  private static Path binaries() throws IOException {
    try (InputStream in = DatabaseServer.class.getResourceAsStream("build.properties")) {
      Properties build = new Properties();
      build.load(Objects.requireNonNull(in, "build.properties"));
      return Path.of(Objects.requireNonNull(build.getProperty("postgresql.binaries")));
    }
  }

  /** For JDBC; needs {@link #user} and no password. */
  String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
  }

  String user() {
    return USER;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot stop PostgreSQL", e);
    }
  }

  @Override
  public String toString() {
    return "PostgreSQL at 127.0.0.1:" + server.getPort();
  }
}

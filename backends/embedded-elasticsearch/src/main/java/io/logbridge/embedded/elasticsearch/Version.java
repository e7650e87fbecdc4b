// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.embedded.elasticsearch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;

/** The servers that can be started: one of each line that Logbridge speaks to. */
public enum Version {
  V8("org.elasticsearch.nativeaccess,org.apache.lucene.core"),
  V9("org.elasticsearch.nativeaccess,org.apache.lucene.core,org.elasticsearch.foreign");

  private final String nativeModules;
  private final String number;
  private final Path home;

  Version(String nativeModules) {
    this.nativeModules = nativeModules;
    Properties servers = servers();
    this.number = Objects.requireNonNull(servers.getProperty(name() + ".number"));
    this.home = Path.of(Objects.requireNonNull(servers.getProperty(name() + ".home")));
  }

  /** The full version: {@code 9.5.3}. */
  public String number() {
    return number;
  }

  /** The server's modules that call native code, with commas between them. */
  String nativeModules() {
    return nativeModules;
  }

  /**
   * The folder of the unpacked server.
   *
   * @throws IOException if it is not there
   */
  Path home() throws IOException {
    if (!Files.isDirectory(home.resolve("lib"))) {
      throw new IOException(
          "Elasticsearch "
              + number
              + ": not found in "
              + home
              + " (expected: unpacked there by the build of backends/embedded-elasticsearch)");
    }
    return home;
  }

  private static Properties servers() {
    try (InputStream in = Version.class.getResourceAsStream("servers.properties")) {
      Properties servers = new Properties();
      servers.load(Objects.requireNonNull(in, "servers.properties"));
      return servers;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read servers.properties", e);
    }
  }
}

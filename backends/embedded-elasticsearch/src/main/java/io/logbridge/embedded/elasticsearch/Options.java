// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.embedded.elasticsearch;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How to start a node.
 *
 * @param version of the server
 * @param heapMegabytes of the forked JVM. Below 1024 the JVM is set up to start quickly (serial
 *     collector, first compiler only); from there on it runs as it likes, for measurements
 * @param modules of the server to load: {@code transport-netty4} always, {@code x-pack-core} and
 *     {@code x-pack-security} if named or if there are users. Fewer start faster
 * @param settings of the node, in addition to ours or in their place
 * @param users with any, security is on: Basic authentication, no TLS
 */
public record Options(
    Version version,
    int heapMegabytes,
    Set<String> modules,
    Map<String, String> settings,
    List<User> users) {

  private static final int DEFAULT_HEAP_MEGABYTES = 256;
  private static final int LEAST_HEAP_MEGABYTES = 128;

  public Options {
    if (heapMegabytes < LEAST_HEAP_MEGABYTES) {
      throw new IllegalArgumentException(
          "heapMegabytes: " + heapMegabytes + " (expected: >= " + LEAST_HEAP_MEGABYTES + ")");
    }
    modules = Set.copyOf(modules);
    settings = Map.copyOf(settings);
    users = List.copyOf(users);
  }

  /** A small open node that is up in about five seconds. */
  public static Options of(Version version) {
    return new Options(version, DEFAULT_HEAP_MEGABYTES, Set.of(), Map.of(), List.of());
  }

  public Options withHeapMegabytes(int megabytes) {
    return new Options(version, megabytes, modules, settings, users);
  }

  public Options withModule(String module) {
    Set<String> more = new LinkedHashSet<>(modules);
    more.add(module);
    return new Options(version, heapMegabytes, more, settings, users);
  }

  public Options withSetting(String key, String value) {
    Map<String, String> more = new HashMap<>(settings);
    more.put(key, value);
    return new Options(version, heapMegabytes, modules, more, users);
  }

  /**
   * Points in time and scrolls end within 200 ms after their {@code keep_alive}, where a node
   * otherwise looks for them once a minute.
   */
  public Options withPromptExpiry() {
    return withSetting("search.keep_alive_interval", "200ms");
  }

  public Options withUsers(User... allUsers) {
    return new Options(version, heapMegabytes, modules, settings, List.of(allUsers));
  }
}

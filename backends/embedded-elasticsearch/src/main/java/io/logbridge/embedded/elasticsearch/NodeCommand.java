// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.embedded.elasticsearch;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The command line of the forked JVM. */
final class NodeCommand {

  private static final int MEGABYTES_TO_MEASURE_WITH = 1024;

  private final Options options;
  private final Path work;

  /**
   * @param work a folder of the node's own
   */
  NodeCommand(Options options, Path work) {
    this.options = options;
    this.work = work;
  }

  /**
   * The program and its arguments.
   *
   * @throws IOException if the server is not there
   */
  List<String> toList() throws IOException {
    Path home = options.version().home();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm());
    command.addAll(modulePath(home));
    command.addAll(
        List.of(
            "-Djava.locale.providers=CLDR",
            "-Djava.io.tmpdir=" + work.resolve("tmp"),
            "-Dio.netty.noUnsafe=true",
            "-Dlog4j2.disable.jmx=true",
            "-Des.path.home=" + home,
            "-Des.distribution.type=zip",
            "-cp",
            classPath(),
            NodeMain.class.getName(),
            home.toString(),
            work.toString(),
            String.join(",", modules())));
    settings(home).forEach((key, value) -> command.add(key + "=" + value));
    return command;
  }

  private List<String> jvm() {
    int heap = options.heapMegabytes();
    List<String> flags = new ArrayList<>(List.of("-Xms" + heap + "m", "-Xmx" + heap + "m"));
    if (heap < MEGABYTES_TO_MEASURE_WITH) {
      flags.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    }
    return flags;
  }

  /** As {@code bin/elasticsearch} does: the server's modular plugins do not start without it. */
  private List<String> modulePath(Path home) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--module-path",
                home.resolve("lib").toString(),
                "--add-modules",
                "jdk.net,jdk.management.agent,jdk.incubator.vector,ALL-MODULE-PATH",
                "--enable-native-access=ALL-UNNAMED," + options.version().nativeModules()));
    for (String opened : List.of("codecs.lucene99", "codecs.hnsw", "internal.vectorization")) {
      flags.add(
          "--add-opens=org.apache.lucene.core/org.apache.lucene."
              + opened
              + "=org.elasticsearch.server");
    }
    return flags;
  }

  private Set<String> modules() {
    Set<String> modules = new LinkedHashSet<>(Set.of("transport-netty4"));
    modules.addAll(options.modules());
    if (!options.users().isEmpty()) {
      modules.addAll(List.of("x-pack-core", "x-pack-security"));
    }
    return modules;
  }

  private Map<String, String> settings(Path home) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("path.home", home.toString());
    settings.put("path.data", work.resolve("data").toString());
    settings.put("path.logs", work.resolve("logs").toString());
    settings.put("cluster.name", "embedded");
    settings.put("node.name", "embedded");
    settings.put("http.host", "127.0.0.1");
    settings.put("http.port", "0");
    settings.put("transport.host", "127.0.0.1");
    settings.put("transport.port", "0");
    settings.put("discovery.type", "single-node");
    settings.put("node.portsfile", "true");
    settings.put("cluster.routing.allocation.disk.threshold_enabled", "false");
    // With a small heap the breaker of real memory refuses ordinary pages: it counts garbage.
    settings.put("indices.breaker.total.use_real_memory", "false");
    if (modules().contains("x-pack-security")) {
      settings.put("xpack.security.enabled", Boolean.toString(!options.users().isEmpty()));
      settings.put("xpack.security.autoconfiguration.enabled", "false");
      settings.put("xpack.security.http.ssl.enabled", "false");
    }
    settings.putAll(options.settings());
    return settings;
  }

  /** The jar or folder of this class and nothing more: the server compares it with its own jars. */
  private static String classPath() throws IOException {
    try {
      return new File(NodeMain.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IOException("cannot tell where the class of the node is", e);
    }
  }
}

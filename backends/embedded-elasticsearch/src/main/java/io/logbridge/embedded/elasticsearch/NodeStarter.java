// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.embedded.elasticsearch;

import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes a {@code Node} where the server's own main class would make a {@code Bootstrap}: without a
 * second JVM, without checks of the machine, and also as root.
 *
 * <p>By reflection, so that nothing is compiled against the server and one class serves all its
 * versions.
 */
final class NodeStarter {

  private static final String SETTINGS = "org.elasticsearch.common.settings.Settings";
  private static final String LOADER = "org.elasticsearch.plugins.PluginsLoader";
  private static final String LOGGING = "org.elasticsearch.common.logging.LogConfigurator";

  private final Path home;
  private final Path work;
  private final Set<String> modules;

  /**
   * @param home where the server was unpacked
   * @param work the node's own folder
   * @param modules names of those to load
   */
  NodeStarter(Path home, Path work, Set<String> modules) {
    this.home = home;
    this.work = work;
    this.modules = modules;
  }

  /** Starts a node; returns when it serves HTTP. */
  Closeable start(Map<String, String> settings) throws ReflectiveOperationException {
    call(LOGGING, "configureESLogging");
    Object environment = environment(settings);
    configureLogging();
    Class<?> nodeClass = Class.forName("org.elasticsearch.node.Node");
    Object node =
        nodeClass
            .getConstructor(
                Class.forName("org.elasticsearch.env.Environment"), Class.forName(LOADER))
            .newInstance(environment, pluginsLoader());
    nodeClass.getMethod("start").invoke(node);
    return (Closeable) node;
  }

  /** The first address that the node in this folder serves HTTP on. */
  static String httpAddress(Path work) throws IOException {
    return Files.readAllLines(work.resolve("logs").resolve("http.ports")).getFirst();
  }

  private Object environment(Map<String, String> settings) throws ReflectiveOperationException {
    Supplier<String> nodeName = () -> "embedded";
    return call(
        "org.elasticsearch.node.InternalSettingsPreparer",
        "prepareEnvironment",
        Class.forName(SETTINGS).getField("EMPTY").get(null),
        settings,
        work.resolve("config"),
        nodeName);
  }

  private static void configureLogging() throws ReflectiveOperationException {
    Object builder = call(SETTINGS, "builder");
    builder
        .getClass()
        .getMethod("put", String.class, String.class)
        .invoke(builder, "logger.level", "WARN");
    Object settings = builder.getClass().getMethod("build").invoke(builder);
    call(LOGGING, "configureWithoutConfig", settings);
  }

  private Object pluginsLoader() throws ReflectiveOperationException {
    Set<Object> bundles = bundles("loadModulesBundles", home.resolve("modules"));
    Set<Object> wanted = new LinkedHashSet<>();
    for (Object bundle : bundles) {
      Object descriptor = bundle.getClass().getMethod("pluginDescriptor").invoke(bundle);
      if (modules.contains(descriptor.getClass().getMethod("getName").invoke(descriptor))) {
        wanted.add(bundle);
      }
    }
    Set<Object> plugins = bundles("loadPluginsBundles", home.resolve("plugins"));
    boolean modular = Class.forName(LOADER).getModule().isNamed();
    return call(LOADER, "createPluginsLoader", wanted, plugins, Map.of(), modular);
  }

  private static Set<Object> bundles(String method, Path folder)
      throws ReflectiveOperationException {
    Object bundles;
    try {
      bundles = call(LOADER, method, folder); // 8.x
    } catch (NoSuchMethodException _) {
      bundles = call(LOADER, method, folder, false); // 9.x
    }
    return new LinkedHashSet<>((Set<?>) bundles);
  }

  private static Object call(String className, String method, Object... arguments)
      throws ReflectiveOperationException {
    for (Method candidate : Class.forName(className).getMethods()) {
      if (candidate.getName().equals(method) && candidate.getParameterCount() == arguments.length) {
        return candidate.invoke(null, arguments);
      }
    }
    throw new NoSuchMethodException(className + "." + method + "/" + arguments.length);
  }
}

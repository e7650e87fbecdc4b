// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki.fake;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Loki adds to what it gets: {@code discover_service_name} and {@code discover_log_levels}.
 */
final class Discovery {

  private static final List<String> SERVICE_LABELS =
      List.of(
          "service",
          "app",
          "application",
          "app_name",
          "name",
          "app_kubernetes_io_name",
          "container",
          "container_name",
          "k8s_container_name",
          "component",
          "workload",
          "job",
          "k8s_job_name");

  private static final Pattern LEVEL =
      Pattern.compile("\"level\" ?: ?\"([a-z]+)\"|\\blevel=([a-z]+)");

  private Discovery() {}

  static Map<String, String> withServiceName(Map<String, String> labels) {
    Map<String, String> more = new TreeMap<>(labels);
    String service =
        SERVICE_LABELS.stream()
            .filter(labels::containsKey)
            .findFirst()
            .map(labels::get)
            .orElse("unknown_service");
    more.putIfAbsent("service_name", service);
    return more;
  }

  static String level(String line) {
    Matcher level = LEVEL.matcher(line);
    if (level.find()) {
      return level.group(1) != null ? level.group(1) : level.group(2);
    }
    return line.contains("ERROR") || line.contains("error") ? "error" : "unknown";
  }
}

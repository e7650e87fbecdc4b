// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube;

import io.logbridge.adapter.api.LogOptionsParser;
import io.logbridge.adapter.stream.LogFormat;
import io.logbridge.adapter.stream.LogOptions;
import io.logbridge.adapter.transcode.QueryString;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** The parameters of {@code pods/log}. Others mean nothing, as to Kubernetes. */
final class PodLogOptions {

  private static final Set<String> NAMES =
      Set.of(
          "container",
          "follow",
          "limitBytes",
          "sinceSeconds",
          "sinceTime",
          "stream",
          "tailLines",
          "timestamps");

  private PodLogOptions() {}

  /**
   * Reads the options of a request.
   *
   * @throws io.logbridge.adapter.error.RequestException naming the option, its value and what was
   *     expected
   */
  static LogOptions of(QueryString query, LogFormat format, InstantSource clock) {
    return LogOptionsParser.parse(name -> values(query, name), format, clock);
  }

  private static List<String> values(QueryString query, String name) {
    if (name.equals("prefix")) {
      return List.of("false"); // kubectl writes it by itself
    }
    return NAMES.contains(name) ? query.all(name) : List.of();
  }
}

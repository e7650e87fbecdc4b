// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube;

import io.logbridge.adapter.transcode.QueryString;
import java.util.List;
import java.util.Locale;

/** Parameters that are on or off, as Kubernetes reads them. */
final class QueryFlags {

  private QueryFlags() {}

  /** Whether a parameter is given and is neither {@code false} nor {@code 0}. */
  static boolean isOn(QueryString query, String name) {
    List<String> values = query.all(name);
    return !values.isEmpty()
        && switch (values.getFirst().toLowerCase(Locale.ROOT)) {
          case "false", "0" -> false;
          default -> true;
        };
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import java.util.Set;

/** The types of records that are more to us than documents. */
final class RecordTypes {

  private static final Set<String> LOG =
      Set.of("results.tekton.dev/v1alpha3.Log", "results.tekton.dev/v1alpha2.Log");

  private RecordTypes() {}

  /** The Log of Tekton Results, under its present type and the one of older watchers. */
  static boolean isLog(String type) {
    return LOG.contains(type);
  }

  /** The TaskRunLog of TEP-0117, of whatever version. */
  static boolean isTaskRunLog(String type) {
    return type.startsWith("results.tekton.dev/") && type.endsWith(".TaskRunLog");
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki.fake;

import java.util.List;
import java.util.Map;

/** A log query: which streams, and what becomes of their entries. */
record LogQuery(List<Matcher> selector, List<Stage> stages) {

  boolean selects(Map<String, String> stream) {
    return selector.stream().allMatch(matcher -> matcher.test(stream));
  }

  boolean passes(Stage.Passing entry) {
    return stages.stream().allMatch(stage -> stage.process(entry));
  }
}

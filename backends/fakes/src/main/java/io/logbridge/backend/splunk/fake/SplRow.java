// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk.fake;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One result on its way through the pipeline: an event and what was made of it, or only the latter.
 */
final class SplRow {

  private final @Nullable StoredEvent event;
  private final Map<String, String> values = new LinkedHashMap<>(4);

  SplRow(@Nullable StoredEvent event) {
    this.event = event;
  }

  SplRow with(String field, String value) {
    values.put(field, value);
    return this;
  }

  StoredEvent event() {
    if (event == null) {
      throw new SplException("Error: this command must come before those that transform events.");
    }
    return event;
  }

  /** The value of a field; {@code null} if it has none. */
  @Nullable String get(String field) {
    String made = values.get(field);
    if (made != null || event == null) {
      return made;
    }
    return switch (field) {
      case "_raw" -> event.raw();
      case "_time" -> SplPipeline.date(event.micros());
      case "_indextime" -> String.valueOf(event.indexTime());
      case "_cd" -> event.cd();
      case "_bkt" -> event.bkt();
      case "index" -> event.index();
      default -> event.fields().get(field);
    };
  }

  Map<String, String> values() {
    return values;
  }

  boolean isEvent() {
    return event != null;
  }
}

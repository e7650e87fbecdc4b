// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import io.logbridge.adapter.json.ClientJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads Kubernetes' EventLists. */
public final class EventParser {

  private EventParser() {}

  /** The events of a list, in its order; none of something that is no list of events. */
  static List<RunEvent> events(String list) {
    try {
      return events(ClientJson.read(list));
    } catch (JacksonException _) {
      return List.of();
    }
  }

  /** The events of a list, in its order; none of something that is no list of events. */
  public static List<RunEvent> events(JsonNode list) {
    JsonNode items = list.path("items");
    return items.isArray() ? items.valueStream().map(EventParser::event).toList() : List.of();
  }

  private static RunEvent event(JsonNode event) {
    JsonNode involved = event.path("involvedObject");
    return new RunEvent(
        time(event),
        text(event, "type"),
        text(event, "reason"),
        text(involved, "kind"),
        text(involved, "name"),
        text(event, "message"),
        event);
  }

  static String involvedUid(RunEvent event) {
    return text(event.object().path("involvedObject"), "uid");
  }

  /**
   * When an event happened last; the epoch if it does not say. Kubernetes has four fields for it,
   * of which it fills some.
   */
  public static Instant time(JsonNode event) {
    return Stream.of(
            event.path("series").path("lastObservedTime"),
            event.path("lastTimestamp"),
            event.path("eventTime"),
            event.path("firstTimestamp"),
            event.path("metadata").path("creationTimestamp"))
        .flatMap(EventParser::instant)
        .findFirst()
        .orElse(Instant.EPOCH);
  }

  private static Stream<Instant> instant(JsonNode value) {
    if (!value.isString()) {
      return Stream.empty();
    }
    try {
      return Stream.of(Instant.parse(value.stringValue()));
    } catch (DateTimeException _) {
      return Stream.empty(); // Kubernetes writes RFC 3339 only; whatever else it is, it is no time
    }
  }

  private static String text(JsonNode object, String field) {
    JsonNode value = object.path(field);
    return value.isString() ? value.stringValue() : "";
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.adapter.record.RunEvent;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/** Writes events as lines, in the form that a client wants. */
final class EventWriter {

  private static final JsonMapper JSON = new JsonMapper();

  private final ChunkWriter out;
  private final LogFormat format;

  EventWriter(ChunkWriter out, LogFormat format) {
    this.out = out;
    this.format = format;
  }

  /** Writes one line. */
  void write(RunEvent event) {
    out.write(
        switch (format) {
          case TEXT -> text(event);
          case NDJSON -> json(event);
        });
  }

  /** As {@code kubectl get events} names its columns; always with the time. */
  private static String text(RunEvent event) {
    return Timestamps.format(event.time())
        + "[event] "
        + event.type()
        + " "
        + event.reason()
        + " "
        + object(event)
        + ": "
        + message(event)
        + "\n";
  }

  private static String json(RunEvent event) {
    return JSON.writeValueAsString(
            JSON.createObjectNode()
                .put("time", Timestamps.format(event.time()).strip())
                .put("type", "event")
                .put("severity", event.type())
                .put("reason", event.reason())
                .put("object", object(event))
                .put("text", event.message()))
        + "\n";
  }

  private static String object(RunEvent event) {
    return event.kind().toLowerCase(Locale.ROOT) + "/" + event.name();
  }

  /** An event is one line, whatever its message holds. */
  private static String message(RunEvent event) {
    return event.message().strip().replaceAll("\\s*\\R\\s*", " ");
  }
}

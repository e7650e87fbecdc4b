// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki.fake;

import io.logbridge.backend.loki.fake.FakeStore.Found;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/** Writes entries as Loki does: stream by stream, in the order of their labels. */
final class StreamsWriter {

  private StreamsWriter() {}

  /**
   * Writes them.
   *
   * @param categorize whether metadata stands beside the entries; it makes streams of its own else
   */
  static void write(JsonGenerator json, List<Found> found, boolean categorize) {
    json.writeStartObject().writeStringProperty("status", "success");
    json.writeObjectPropertyStart("data").writeStringProperty("resultType", "streams");
    if (categorize) {
      json.writeArrayPropertyStart("encodingFlags");
      json.writeString("categorize-labels").writeEndArray();
    }
    json.writeArrayPropertyStart("result");
    streams(found, categorize).values().forEach(entries -> stream(json, entries, categorize));
    json.writeEndArray().writeObjectPropertyStart("stats").writeEndObject();
    json.writeEndObject().writeEndObject();
  }

  private static Map<Map<String, String>, List<Found>> streams(
      List<Found> found, boolean categorize) {
    Map<Map<String, String>, List<Found>> streams = new HashMap<>();
    for (Found entry : found) {
      streams.computeIfAbsent(labels(entry, categorize), _ -> new ArrayList<>()).add(entry);
    }
    TreeMap<Map<String, String>, List<Found>> sorted = new TreeMap<>(new LabelOrder());
    sorted.putAll(streams);
    return sorted;
  }

  private static Map<String, String> labels(Found entry, boolean categorize) {
    return categorize ? entry.passing().stream : entry.passing().all();
  }

  private static void stream(JsonGenerator json, List<Found> entries, boolean categorize) {
    json.writeStartObject();
    json.writeObjectPropertyStart("stream");
    new TreeMap<>(labels(entries.getFirst(), categorize)).forEach(json::writeStringProperty);
    json.writeEndObject();
    json.writeArrayPropertyStart("values");
    for (Found entry : entries) {
      json.writeStartArray();
      json.writeString(Long.toString(entry.nanos())).writeString(entry.passing().line);
      if (categorize) {
        json.writeStartObject();
        category(json, "structuredMetadata", entry.passing().metadata);
        category(json, "parsed", entry.passing().parsed);
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndArray().writeEndObject();
  }

  private static void category(JsonGenerator json, String name, Map<String, String> labels) {
    if (!labels.isEmpty()) {
      json.writeObjectPropertyStart(name);
      new TreeMap<>(labels).forEach(json::writeStringProperty);
      json.writeEndObject();
    }
  }
}

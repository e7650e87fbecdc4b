// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogQuery.Direction;
import io.logbridge.backend.elasticsearch.FieldPlan.Match;
import io.logbridge.backend.shipped.FieldRole;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes the query that finds the documents of a container and window. */
final class ContainerFilter {

  private ContainerFilter() {}

  /**
   * Writes the property {@code query}.
   *
   * @param fromMilli where to go on, in the search's direction; {@code null} for the whole window
   */
  static void write(JsonGenerator json, ContainerSearch search, @Nullable Long fromMilli) {
    ContainerRef container = search.container();
    FieldPlan plan = search.plan();
    json.writeObjectPropertyStart("query");
    json.writeObjectPropertyStart("bool");
    json.writeArrayPropertyStart("filter");
    part(json, plan, FieldRole.POD, container.pod());
    part(json, plan, FieldRole.NAMESPACE, container.namespace());
    part(json, plan, FieldRole.CONTAINER, container.container());
    part(json, plan, FieldRole.POD_UID, container.podUid());
    range(json, search, fromMilli);
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void part(
      JsonGenerator json, FieldPlan plan, FieldRole role, @Nullable String value) {
    List<Match> ways = plan.matches().getOrDefault(role, List.of());
    if (value == null || ways.isEmpty()) {
      return;
    }
    boolean mayLack = role == FieldRole.POD_UID;
    if (ways.size() == 1 && !mayLack) {
      match(json, ways.getFirst(), value);
      return;
    }
    json.writeStartObject();
    json.writeObjectPropertyStart("bool");
    json.writeArrayPropertyStart("should");
    ways.forEach(way -> match(json, way, value));
    if (mayLack) {
      lacks(json, ways);
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void match(JsonGenerator json, Match way, String value) {
    json.writeStartObject();
    json.writeObjectPropertyStart(way.phrase() ? "match_phrase" : "term");
    json.writeStringProperty(way.field(), value);
    json.writeEndObject();
    json.writeEndObject();
  }

  /** Documents of a shipper that does not write the uid are told apart by the pod's name alone. */
  private static void lacks(JsonGenerator json, List<Match> ways) {
    json.writeStartObject();
    json.writeObjectPropertyStart("bool");
    json.writeArrayPropertyStart("must_not");
    for (Match way : ways) {
      json.writeStartObject();
      json.writeObjectPropertyStart("exists");
      json.writeStringProperty("field", way.field());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  /** Whole milliseconds, since a mapping as date keeps no more; the rest is sorted out by us. */
  private static void range(JsonGenerator json, ContainerSearch search, @Nullable Long fromMilli) {
    long first = search.window().firstMilli();
    long behind = search.window().milliBehind();
    if (fromMilli != null) {
      if (search.direction() == Direction.FORWARD) {
        first = Math.max(first, fromMilli);
      } else {
        behind = Math.min(behind, fromMilli + 1);
      }
    }
    json.writeStartObject();
    json.writeObjectPropertyStart("range");
    json.writeObjectPropertyStart(search.plan().timestamp());
    json.writeNumberProperty("gte", first);
    json.writeNumberProperty("lt", behind);
    json.writeStringProperty("format", "epoch_millis");
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }
}

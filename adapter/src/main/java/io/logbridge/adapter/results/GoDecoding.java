// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import io.logbridge.adapter.error.RequestException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where Go's decoder is in a document, and what it has found wrong there: the first value of
 * another type, which it reports at the end, or a time that is none, at which it stops.
 */
final class GoDecoding {

  private final boolean strict;
  private final Deque<Place> places = new ArrayDeque<>();
  private @Nullable RequestException found;

  private record Place(GoType.Struct struct, GoType.Field field) {}

  /**
   * @param strict whether anybody minds what is wrong; else it counts as not there
   */
  GoDecoding(boolean strict) {
    this.strict = strict;
  }

  void enter(GoType.Struct struct, GoType.Field field) {
    places.addLast(new Place(struct, field));
  }

  void leave() {
    places.removeLast();
  }

  /** A value is of another type. */
  void mismatch(JsonNode value, GoType type) {
    if (strict && found == null) {
      found =
          Refusals.invalid(
              "json: cannot unmarshal %s into Go %s of type %s"
                  .formatted(kind(value, type), place(), type.name()));
    }
  }

  /**
   * A text is no time.
   *
   * @throws RequestException if anybody minds
   */
  void noTime(String text) {
    if (strict) {
      throw Refusals.invalid(
          "parsing time \"%s\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"%s\""
              .formatted(text, text));
    }
  }

  /**
   * Ends a document.
   *
   * @throws RequestException if something was found
   */
  void end() {
    if (found != null) {
      throw found;
    }
  }

  private String place() {
    return places.isEmpty()
        ? "value"
        : "struct field "
            + places.getLast().struct().shortName()
            + "."
            + places.stream().map(place -> place.field().name()).collect(Collectors.joining("."));
  }

  private static String kind(JsonNode value, GoType type) {
    return switch (value.getNodeType()) {
      case BOOLEAN -> "bool";
      case NUMBER -> type instanceof GoType.Whole ? "number " + value.asString() : "number";
      case STRING -> "string";
      case ARRAY -> "array";
      default -> "object";
    };
  }
}

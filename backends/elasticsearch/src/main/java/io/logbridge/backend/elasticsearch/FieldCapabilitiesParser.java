// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.shipped.Json;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the answer of {@code _field_caps}.
 *
 * @see <a href="https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-field-caps">
 *     Field capabilities</a>
 */
final class FieldCapabilitiesParser {

  private FieldCapabilitiesParser() {}

  /**
   * @param indices how many were asked
   * @param types of the fields that are mapped somewhere
   */
  record Answer(int indices, Map<String, FieldTypes> types) {}

  static Answer parse(InputStream in) throws ElasticsearchFailure {
    int indices = -1;
    Map<String, FieldTypes> types = new HashMap<>();
    try (JsonParser parser = Json.parser(in)) {
      parser.nextToken();
      Json.expect(parser, JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "indices" -> indices = strings(parser).size();
          case "fields" -> fields(parser, types);
          default -> parser.skipChildren();
        }
      }
      Json.expectEnd(parser);
    }
    if (indices < 0) {
      throw ElasticsearchFailure.other(
          Reason.MALFORMED, "Elasticsearch field query: the answer has no indices");
    }
    return new Answer(indices, types);
  }

  private static void fields(JsonParser parser, Map<String, FieldTypes> types) {
    Json.expect(parser, JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      types.put(field, types(parser));
    }
  }

  private static FieldTypes types(JsonParser parser) {
    Json.expect(parser, JsonToken.START_OBJECT);
    Map<String, Set<String>> indicesByType = new HashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String type = parser.currentName();
      parser.nextToken();
      indicesByType.put(type, indices(parser));
    }
    return new FieldTypes(indicesByType);
  }

  private static Set<String> indices(JsonParser parser) {
    Json.expect(parser, JsonToken.START_OBJECT);
    Set<String> indices = Set.of();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals("indices")) {
        indices = strings(parser);
      } else {
        parser.skipChildren();
      }
    }
    return indices;
  }

  private static Set<String> strings(JsonParser parser) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return Set.of(parser.getString());
    }
    Json.expect(parser, JsonToken.START_ARRAY);
    Set<String> strings = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      strings.add(parser.getString());
    }
    return strings;
  }
}

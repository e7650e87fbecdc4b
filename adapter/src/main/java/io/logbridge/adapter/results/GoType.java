// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import io.logbridge.adapter.json.ClientJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A type of Go: what its decoder takes of JSON, and what its encoder makes of that again. Fields
 * that a type does not have are lost on the way.
 *
 * @see <a href="https://pkg.go.dev/encoding/json">encoding/json</a>
 */
sealed interface GoType {

  /** As Go writes it in errors. */
  String name();

  /**
   * What is written of a value.
   *
   * @param given is not null
   * @return null if it is empty, or is none of this type and nobody minds
   */
  @Nullable JsonNode of(JsonNode given, GoDecoding decoding);

  /** What is written of a value that is not there. */
  default JsonNode empty() {
    return NullNode.getInstance();
  }

  /** A text, or a type that is one. */
  record Text(String name) implements GoType {
    @Override
    public @Nullable JsonNode of(JsonNode given, GoDecoding decoding) {
      if (!given.isString()) {
        decoding.mismatch(given, this);
        return null;
      }
      return given.stringValue().isEmpty() ? null : given;
    }

    @Override
    public JsonNode empty() {
      return StringNode.valueOf("");
    }
  }

  /**
   * An {@code int64}.
   *
   * @param optional whether it is a pointer, so that zero is a value like others
   */
  record Whole(boolean optional) implements GoType {
    @Override
    public String name() {
      return "int64";
    }

    @Override
    public @Nullable JsonNode of(JsonNode given, GoDecoding decoding) {
      if (!given.isIntegralNumber() || !given.canConvertToLong()) {
        decoding.mismatch(given, this);
        return null;
      }
      return optional || given.longValue() != 0 ? given : null;
    }
  }

  /** A pointer to a {@code bool}. */
  record Flag() implements GoType {
    @Override
    public String name() {
      return "bool";
    }

    @Override
    public @Nullable JsonNode of(JsonNode given, GoDecoding decoding) {
      if (!given.isBoolean()) {
        decoding.mismatch(given, this);
        return null;
      }
      return given;
    }
  }

  /** A time of Kubernetes: to the second, in UTC. */
  record Time() implements GoType {

    private static final Text FORM = new Text("string");

    /** Go's time that is none. */
    private static final Instant ZERO = Instant.parse("0001-01-01T00:00:00Z");

    @Override
    public String name() {
      return "v1.Time";
    }

    @Override
    public @Nullable JsonNode of(JsonNode given, GoDecoding decoding) {
      if (!given.isString()) {
        decoding.mismatch(given, FORM);
        return null;
      }
      try {
        Instant time = OffsetDateTime.parse(given.stringValue()).toInstant();
        return time.equals(ZERO)
            ? null
            : StringNode.valueOf(time.truncatedTo(ChronoUnit.SECONDS).toString());
      } catch (DateTimeException _) {
        decoding.noTime(given.stringValue());
        return null;
      }
    }
  }

  /** Any JSON. */
  record Raw() implements GoType {
    @Override
    public String name() {
      return "v1.FieldsV1";
    }

    @Override
    public JsonNode of(JsonNode given, GoDecoding decoding) {
      return given;
    }
  }

  /** A map of texts. */
  record Texts() implements GoType {

    private static final Text VALUE = new Text("string");

    @Override
    public String name() {
      return "map[string]string";
    }

    @Override
    public @Nullable JsonNode of(JsonNode given, GoDecoding decoding) {
      if (!given.isObject()) {
        decoding.mismatch(given, this);
        return null;
      }
      ObjectNode texts = ClientJson.object();
      for (Map.Entry<String, JsonNode> entry : given.properties()) {
        texts.set(entry.getKey(), orEmpty(VALUE, entry.getValue(), decoding));
      }
      return texts.isEmpty() ? null : texts;
    }
  }

  /** A slice. */
  record Slice(GoType element) implements GoType {
    @Override
    public String name() {
      return "[]" + element.name();
    }

    @Override
    public @Nullable JsonNode of(JsonNode given, GoDecoding decoding) {
      if (!given.isArray()) {
        decoding.mismatch(given, this);
        return null;
      }
      ArrayNode elements = ClientJson.array();
      given.forEach(each -> elements.add(orEmpty(element, each, decoding)));
      return elements.isEmpty() ? null : elements;
    }
  }

  /**
   * A field of a struct.
   *
   * @param omitEmpty whether it is left out where it is empty
   */
  record Field(String name, GoType type, boolean omitEmpty) {}

  /**
   * A struct.
   *
   * @param name with its package
   */
  record Struct(String name, List<Field> fields) implements GoType {

    /** As errors name it. */
    String shortName() {
      return name.substring(name.indexOf('.') + 1);
    }

    @Override
    public @Nullable JsonNode of(JsonNode given, GoDecoding decoding) {
      if (!given.isObject()) {
        decoding.mismatch(given, this);
        return null;
      }
      Map<String, JsonNode> values = new HashMap<>();
      for (Map.Entry<String, JsonNode> entry : given.properties()) {
        Field field = field(entry.getKey());
        if (field != null && !entry.getValue().isNull()) {
          decoding.enter(this, field);
          JsonNode value = field.type().of(entry.getValue(), decoding);
          decoding.leave();
          values.compute(field.name(), (_, _) -> value);
        }
      }
      return written(values);
    }

    @Override
    public ObjectNode empty() {
      return written(Map.of());
    }

    /** Go's decoder does not mind case where no name is the same. */
    private @Nullable Field field(String name) {
      Field similar = null;
      for (Field field : fields) {
        if (field.name().equals(name)) {
          return field;
        }
        if (field.name().equalsIgnoreCase(name)) {
          similar = field;
        }
      }
      return similar;
    }

    private ObjectNode written(Map<String, JsonNode> values) {
      ObjectNode written = ClientJson.object();
      for (Field field : fields) {
        JsonNode value = values.get(field.name());
        if (value != null) {
          written.set(field.name(), value);
        } else if (!field.omitEmpty()) {
          written.set(field.name(), field.type().empty());
        }
      }
      return written;
    }
  }

  private static JsonNode orEmpty(GoType type, JsonNode given, GoDecoding decoding) {
    JsonNode value = given.isNull() ? null : type.of(given, decoding);
    return value == null ? type.empty() : value;
  }
}

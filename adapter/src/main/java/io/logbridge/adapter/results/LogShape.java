// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a Log has to look like; what is wrong with one is said in the words of Go's parser. */
final class LogShape {

  private static final String PACKAGE = "v1alpha3.";

  private static final List<Field> FIELDS =
      List.of(
          new Field("Log", "kind", "string"),
          new Field("Log", "apiVersion", "string"),
          new Field("Log", "metadata", "v1.ObjectMeta"),
          new Field("Log", "spec", PACKAGE + "LogSpec"),
          new Field("LogSpec", "spec.resource", PACKAGE + "Resource"),
          new Field("Resource", "spec.resource.kind", "string"),
          new Field("Resource", "spec.resource.namespace", "string"),
          new Field("Resource", "spec.resource.name", "string"),
          new Field("Resource", "spec.resource.uid", "types.UID"),
          new Field("LogSpec", "spec.type", PACKAGE + "LogType"),
          new Field("Log", "status", PACKAGE + "LogStatus"),
          new Field("LogStatus", "status.path", "string"),
          new Field("LogStatus", "status.size", "int64"),
          new Field("LogStatus", "status.isStored", "bool"),
          new Field("LogStatus", "status.errorOnStoreMsg", "string"),
          new Field("LogStatus", "status.isRetryableErr", "bool"));

  private LogShape() {}

  /**
   * A field of Go's type.
   *
   * @param owner the struct that has it
   * @param type which also says what JSON it takes
   */
  private record Field(String owner, String path, String type) {

    boolean takes(JsonNode value) {
      return value.isNull()
          || switch (type) {
            case "string", "types.UID", PACKAGE + "LogType" -> value.isString();
            case "int64" -> value.canConvertToLong() && value.isIntegralNumber();
            case "bool" -> value.isBoolean();
            default -> value.isObject();
          };
    }
  }

  /**
   * Checks a document.
   *
   * @throws io.logbridge.adapter.error.RequestException naming the field and its type
   */
  static void check(JsonNode log) {
    if (!log.isObject() && !log.isNull()) {
      throw Refusals.invalid(
          "json: cannot unmarshal " + kind(log) + " into Go value of type " + PACKAGE + "Log");
    }
    for (Field field : FIELDS) {
      JsonNode value = log.at("/" + field.path().replace('.', '/'));
      if (!value.isMissingNode() && !field.takes(value)) {
        throw Refusals.invalid(
            "json: cannot unmarshal %s into Go struct field %s.%s of type %s"
                .formatted(kind(value), field.owner(), field.path(), field.type()));
      }
    }
  }

  private static String kind(JsonNode value) {
    if (value.isNumber() && !value.isIntegralNumber()) {
      return "number " + value.asString();
    }
    return switch (value.getNodeType()) {
      case BOOLEAN -> "bool";
      case NUMBER -> "number";
      case STRING -> "string";
      case ARRAY -> "array";
      default -> "object";
    };
  }
}

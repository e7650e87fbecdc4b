// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transcode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sets fields of a request from query parameters, by their names in proto or in JSON. What is no
 * field is ignored, as is what cannot be set so: grpc-gateway leaves both to others.
 */
final class QueryParameters {

  private QueryParameters() {}

  /**
   * Sets what the query gives.
   *
   * @param binding whose body and path are not to be overridden
   * @throws RequestException {@code INVALID_ARGUMENT}, in the words of grpc-gateway, if a value is
   *     not one of its field
   */
  static void set(Message.Builder request, QueryString query, HttpBinding binding) {
    for (String name : query.names()) {
      FieldDescriptor field = field(request.getDescriptorForType(), name);
      if (field != null && !field.equals(binding.body())) {
        set(request, field, query.all(name));
      }
    }
  }

  private static @Nullable FieldDescriptor field(Descriptor type, String name) {
    for (FieldDescriptor field : type.getFields()) {
      if (field.getName().equals(name) || field.getJsonName().equals(name)) {
        return field;
      }
    }
    return null;
  }

  private static void set(Message.Builder request, FieldDescriptor field, List<String> values) {
    if (values.size() > 1) {
      throw invalid(
          "too many values for field \"%s\": %s"
              .formatted(field.getName(), String.join(", ", values)));
    }
    switch (field.getJavaType()) {
      case STRING -> request.setField(field, values.getFirst());
      case INT -> request.setField(field, integer(field, values.getFirst()));
      case LONG, FLOAT, DOUBLE, BOOLEAN, BYTE_STRING, ENUM, MESSAGE -> {}
    }
  }

  private static int integer(FieldDescriptor field, String value) {
    if (!value.matches("[+-]?[0-9]+")) {
      throw unreadable(field, value, "invalid syntax");
    }
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException _) {
      throw unreadable(field, value, "value out of range");
    }
  }

  /** In Go's words, which clients see today. */
  private static RequestException unreadable(FieldDescriptor field, String value, String reason) {
    return invalid(
        "parsing field \"%s\": strconv.ParseInt: parsing \"%s\": %s"
            .formatted(field.getName(), value, reason));
  }

  private static RequestException invalid(String message) {
    return new RequestException(Code.INVALID_ARGUMENT, message);
  }
}

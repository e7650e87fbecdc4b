// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transcode;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * Reads a message from JSON as Go's protojson does for grpc-gateway, with its words where something
 * is wrong: names of fields in proto or in JSON, enums by name or number, any base64, unknown names
 * of enums ignored. What follows the first value is ignored too.
 *
 * <p>{@code JsonFormat} is of no use here: it takes what is not JSON (comments, single quotes, a
 * field twice), and its errors name no place.
 *
 * @see <a href="https://protobuf.dev/programming-guides/json/">ProtoJSON</a>
 */
final class ProtoJsonReader {

  private final JsonTokens tokens;
  private final boolean refuseUnknown;

  private ProtoJsonReader(JsonTokens tokens, boolean refuseUnknown) {
    this.tokens = tokens;
    this.refuseUnknown = refuseUnknown;
  }

  /**
   * Reads a message.
   *
   * @param json in UTF-8; blank for an empty message
   * @param refuseUnknown whether a field that does not exist is an error
   * @throws RequestException {@code INVALID_ARGUMENT} if it cannot be read
   */
  static void read(byte[] json, Message.Builder message, boolean refuseUnknown) {
    try (JsonTokens tokens = JsonTokens.of(json)) {
      if (tokens.next() != null) {
        new ProtoJsonReader(tokens, refuseUnknown).message(message);
      }
    } catch (UnexpectedEndOfInputException e) {
      throw new RequestException(Code.INVALID_ARGUMENT, "unexpected EOF", e);
    } catch (JacksonException e) {
      throw new RequestException(
          Code.INVALID_ARGUMENT, "the body is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** The current token begins the message. */
  private void message(Message.Builder message) {
    expect(JsonToken.START_OBJECT);
    Set<FieldDescriptor> seen = new HashSet<>();
    while (tokens.next() == JsonToken.PROPERTY_NAME) {
      FieldDescriptor field = field(message, tokens.text());
      if (field != null && !seen.add(field)) {
        throw tokens.error("duplicate field " + tokens.raw());
      }
      tokens.next();
      if (field == null) {
        tokens.skipValue();
      } else if (tokens.current() != JsonToken.VALUE_NULL) {
        value(message, field);
      }
    }
  }

  private @Nullable FieldDescriptor field(Message.Builder message, String name) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (field.getName().equals(name) || field.getJsonName().equals(name)) {
        return field;
      }
    }
    if (refuseUnknown) {
      throw new RequestException(
          Code.INVALID_ARGUMENT,
          "could not find field \"%s\" in \"%s\""
              .formatted(name, message.getDescriptorForType().getFullName()));
    }
    return null;
  }

  private void value(Message.Builder message, FieldDescriptor field) {
    if (field.isMapField()) {
      map(message, field);
      return;
    }
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      Object scalar = ProtoJsonScalars.read(tokens, field);
      if (scalar != null) {
        message.setField(field, scalar);
      }
    } else if (field.getMessageType().equals(Timestamp.getDescriptor())) {
      message.setField(field, ProtoJsonScalars.timestamp(tokens));
    } else {
      message(message.getFieldBuilder(field));
    }
  }

  private void map(Message.Builder message, FieldDescriptor field) {
    expect(JsonToken.START_OBJECT);
    FieldDescriptor valueField = field.getMessageType().findFieldByNumber(2);
    Set<String> seen = new HashSet<>();
    while (tokens.next() == JsonToken.PROPERTY_NAME) {
      String key = tokens.text();
      if (!seen.add(key)) {
        throw tokens.error("duplicate map key " + tokens.raw());
      }
      tokens.next();
      Object value = ProtoJsonScalars.read(tokens, valueField);
      if (value != null) {
        message.addRepeatedField(field, entry(message, field, key, value));
      }
    }
  }

  private static Message entry(
      Message.Builder message, FieldDescriptor field, String key, Object value) {
    return message
        .newBuilderForField(field)
        .setField(field.getMessageType().findFieldByNumber(1), key)
        .setField(field.getMessageType().findFieldByNumber(2), value)
        .build();
  }

  private void expect(JsonToken token) {
    if (tokens.current() != token) {
      throw tokens.syntaxError("unexpected token " + tokens.raw());
    }
  }
}

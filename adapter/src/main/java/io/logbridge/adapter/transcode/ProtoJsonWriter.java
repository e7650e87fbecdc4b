// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transcode;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.Timestamps;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes a message as JSON as grpc-gateway does: names as in the proto file, in the order in which
 * they are declared there, without what has its zero value; maps sorted by key, enums by name,
 * 64-bit integers as text, bytes in padded standard base64.
 *
 * <p>{@code JsonFormat} orders fields by number and makes one string of the whole; a page of
 * records is tens of megabytes, so this writes to the stream.
 */
public final class ProtoJsonWriter {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          // A short answer is one write then, and has a Content-Length.
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .build();

  private final JsonGenerator out;

  private ProtoJsonWriter(JsonGenerator out) {
    this.out = out;
  }

  /**
   * Writes a message, in UTF-8 and without a line end.
   *
   * @param out is left open
   * @throws JacksonException if {@code out} cannot be written to, with its exception as the cause
   */
  public static void write(Message message, OutputStream out) {
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      new ProtoJsonWriter(json).message(message);
    }
  }

  private void message(Message message) {
    out.writeStartObject();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (field.isRepeated() ? message.getRepeatedFieldCount(field) > 0 : message.hasField(field)) {
        out.writeName(field.getName());
        field(message, field);
      }
    }
    out.writeEndObject();
  }

  private void field(Message message, FieldDescriptor field) {
    if (field.isMapField()) {
      map(message, field);
    } else if (field.isRepeated()) {
      out.writeStartArray();
      for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
        value(message.getRepeatedField(field, i));
      }
      out.writeEndArray();
    } else {
      value(message.getField(field));
    }
  }

  private void map(Message message, FieldDescriptor field) {
    Map<String, Object> sorted = new TreeMap<>();
    for (Object item : (List<?>) message.getField(field)) {
      Message entry = (Message) item;
      sorted.put(
          entry.getField(field.getMessageType().findFieldByNumber(1)).toString(),
          entry.getField(field.getMessageType().findFieldByNumber(2)));
    }
    map(sorted);
  }

  private void map(Map<String, ?> sorted) {
    out.writeStartObject();
    sorted.forEach((name, value) -> {
      out.writeName(name);
      value(value);
    });
    out.writeEndObject();
  }

  private void value(Object value) {
    switch (value) {
      case String text -> out.writeString(text);
      case ByteString bytes ->
          out.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, bytes.newInput(), bytes.size());
      case EnumValueDescriptor constant -> constant(constant);
      case Boolean flag -> out.writeBoolean(flag);
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeString(number.toString());
      case Timestamp time -> out.writeString(Timestamps.toString(time));
      case Struct struct -> map(new TreeMap<>(struct.getFieldsMap()));
      case ListValue list -> list(list);
      case Value json -> json(json);
      case Message message -> message(message);
      default ->
          throw new IllegalStateException(value.getClass() + ": no answer holds such values");
    }
  }

  private void constant(EnumValueDescriptor constant) {
    if (constant.getIndex() < 0) { // a number without a name
      out.writeNumber(constant.getNumber());
    } else {
      out.writeString(constant.getName());
    }
  }

  private void list(ListValue list) {
    out.writeStartArray();
    list.getValuesList().forEach(this::json);
    out.writeEndArray();
  }

  private void json(Value json) {
    switch (json.getKindCase()) {
      case STRING_VALUE -> out.writeString(json.getStringValue());
      case NUMBER_VALUE -> number(json.getNumberValue());
      case BOOL_VALUE -> out.writeBoolean(json.getBoolValue());
      case STRUCT_VALUE -> value(json.getStructValue());
      case LIST_VALUE -> list(json.getListValue());
      case NULL_VALUE, KIND_NOT_SET -> out.writeNull();
    }
  }

  /** As few digits as tell the number from its neighbours: 3, not 3.0 or 3E0. */
  private void number(double number) {
    out.writeNumber(new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString());
  }
}

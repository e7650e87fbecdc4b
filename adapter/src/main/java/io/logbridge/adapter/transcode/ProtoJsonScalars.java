// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transcode;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Single values in protojson, of the kinds that the Results API takes in bodies. */
final class ProtoJsonScalars {

  /** RFC 3339. Java's own formats also take times without seconds, and no zone beyond 18 hours. */
  private static final Pattern TIME =
      Pattern.compile(
          "([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?)"
              + "(?:Z|([+-])([01][0-9]|2[0-4]):([0-5][0-9]|60))");

  private ProtoJsonScalars() {}

  /** The current token as a value of a field; null if it is to be ignored. */
  static @Nullable Object read(JsonTokens tokens, FieldDescriptor field) {
    Object value =
        switch (field.getJavaType()) {
          case STRING -> isText(tokens) ? tokens.text() : null;
          case BYTE_STRING -> isText(tokens) ? bytes(tokens.text()) : null;
          case ENUM -> enumeration(tokens, field);
          case INT, LONG, FLOAT, DOUBLE, BOOLEAN, MESSAGE ->
              throw new IllegalStateException(field + ": no body has a field of this type");
        };
    if (value == null
        && !(field.getJavaType() == FieldDescriptor.JavaType.ENUM && isText(tokens))) {
      throw tokens.error(
          "invalid value for %s field %s: %s"
              .formatted(
                  field.getType().name().toLowerCase(Locale.ROOT),
                  field.getJsonName(),
                  tokens.raw()));
    }
    return value;
  }

  private static boolean isText(JsonTokens tokens) {
    return tokens.current() == JsonToken.VALUE_STRING;
  }

  /** The current token as a time, which is in the years 1 to 9999 of UTC. */
  static Timestamp timestamp(JsonTokens tokens) {
    if (!isText(tokens)) {
      throw tokens.syntaxError("unexpected token " + tokens.raw());
    }
    Timestamp time = time(tokens.text());
    if (time == null) {
      throw tokens.error("invalid google.protobuf.Timestamp value " + tokens.raw());
    }
    if (!Timestamps.isValid(time)) {
      throw tokens.error("google.protobuf.Timestamp value out of range: " + tokens.raw());
    }
    return time;
  }

  private static @Nullable Timestamp time(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    try {
      Instant local = LocalDateTime.parse(matcher.group(1)).toInstant(ZoneOffset.UTC);
      return Timestamp.newBuilder()
          .setSeconds(local.getEpochSecond() - offset(matcher))
          .setNanos(local.getNano())
          .build();
    } catch (DateTimeException _) {
      return null; // a date that does not exist: as unreadable as one in another form
    }
  }

  /** By how much local time is ahead of UTC, in seconds. */
  private static int offset(Matcher time) {
    if (time.group(2) == null) {
      return 0;
    }
    int minutes = Integer.parseInt(time.group(3)) * 60 + Integer.parseInt(time.group(4));
    return time.group(2).equals("-") ? minutes * -60 : minutes * 60;
  }

  private static @Nullable EnumValueDescriptor enumeration(
      JsonTokens tokens, FieldDescriptor field) {
    if (isText(tokens)) {
      return field.getEnumType().findValueByName(tokens.text());
    }
    if (tokens.current() != JsonToken.VALUE_NUMBER_INT) {
      return null;
    }
    try {
      return field
          .getEnumType()
          .findValueByNumberCreatingIfUnknown(Integer.parseInt(tokens.text()));
    } catch (NumberFormatException _) {
      return null;
    }
  }

  /** Standard or URL-safe, with or without padding; line ends are ignored. */
  private static @Nullable ByteString bytes(String text) {
    String base64 = text.replace("\r", "").replace("\n", "");
    boolean urlSafe = base64.indexOf('-') >= 0 || base64.indexOf('_') >= 0;
    Base64.Decoder decoder = urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder();
    try {
      return ByteString.copyFrom(decoder.decode(base64));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

/** {@code string}, {@code int}, {@code uint}, {@code double}, {@code bool} and {@code type}. */
final class Conversions {

  private final Names names;
  private final Casts casts;

  Conversions(Names names) {
    this.names = names;
    this.casts = new Casts(names);
  }

  Value string(Value value) {
    return switch (value.kind()) {
      case STRING -> value;
      case BOOL, INT, UINT -> Value.of(Kind.STRING, "%::text", value.sql());
      // Go writes no exponents.
      case DOUBLE -> Value.of(Kind.STRING, "%::text", casts.number(value));
      case TIMESTAMP -> Value.of(Kind.STRING, time(value.sql()));
      case DURATION -> Value.of(Kind.STRING, "(trim_scale(%)::text || 's')", value.sql());
      case JSON ->
          Value.of(
              Kind.STRING,
              names.let(
                  value.sql(),
                  v ->
                      Sql.format(
                          "CASE WHEN jsonb_typeof(%) IN ('string', 'number', 'boolean')"
                              + " THEN % #>> '{}' END",
                          v, v)));
      default -> throw unsupported("string");
    };
  }

  /** As RFC 3339, without zeros at the end of the fraction. */
  private Sql time(Sql time) {
    return names.let(
        Sql.format("% AT TIME ZONE 'UTC'", time),
        v ->
            Sql.format(
                "to_char(%, 'YYYY-MM-DD\"T\"HH24:MI:SS')"
                    + " || rtrim(rtrim(to_char(%, '.US'), '0'), '.') || 'Z'",
                v, v));
  }

  Value integer(Value value) {
    return switch (value.kind()) {
      case INT -> value;
      case TIMESTAMP -> Value.of(Kind.INT, "floor(extract(epoch from %))::bigint", value.sql());
      default -> Value.of(Kind.INT, casts.integer(number("int", value, true)));
    };
  }

  Value unsigned(Value value) {
    return value.kind() == Kind.UINT
        ? value
        : Value.of(Kind.UINT, casts.unsigned(number("uint", value, true)));
  }

  Value real(Value value) {
    return value.kind() == Kind.DOUBLE
        ? value
        : Value.of(Kind.DOUBLE, casts.real(number("double", value, false)));
  }

  private Sql number(String function, Value value, boolean whole) {
    return switch (value.kind()) {
      case INT, UINT, DOUBLE -> casts.number(value);
      case STRING -> parsed(value.sql(), whole);
      case JSON ->
          names.let(
              value.sql(),
              v ->
                  Sql.format(
                      "CASE jsonb_typeof(%) WHEN 'number' THEN % WHEN 'string' THEN % END",
                      v,
                      casts.number(Value.of(Kind.JSON, v)),
                      parsed(Sql.format("% #>> '{}'", v), whole)));
      default -> throw unsupported(function);
    };
  }

  private Sql parsed(Sql text, boolean whole) {
    return whole ? casts.parsedInteger(text) : casts.parsedNumber(text);
  }

  Value bool(Value value) {
    return switch (value.kind()) {
      case BOOL -> value;
      case STRING -> Value.of(Kind.BOOL, parsedBool(value.sql()));
      case JSON ->
          Value.of(
              Kind.BOOL,
              names.let(
                  value.sql(),
                  v ->
                      Sql.format(
                          "CASE jsonb_typeof(%) WHEN 'boolean' THEN % WHEN 'string' THEN % END",
                          v,
                          casts.bool(Value.of(Kind.JSON, v)),
                          parsedBool(Sql.format("(% #>> '{}')", v)))));
      default -> throw unsupported("bool");
    };
  }

  private static Sql parsedBool(Sql text) {
    return Sql.format(
        "(CASE % WHEN 'true' THEN TRUE WHEN 'True' THEN TRUE WHEN 'TRUE' THEN TRUE"
            + " WHEN 't' THEN TRUE WHEN '1' THEN TRUE WHEN 'false' THEN FALSE"
            + " WHEN 'False' THEN FALSE WHEN 'FALSE' THEN FALSE WHEN 'f' THEN FALSE"
            + " WHEN '0' THEN FALSE END)",
        text);
  }

  /** A number without a fraction is an int, as in the JSON of Kubernetes. */
  Value type(Value value) {
    if (value.kind() != Kind.JSON && value.kind() != Kind.NULL && !value.isField()) {
      return Value.of(
          Kind.TYPE, "CASE WHEN % IS NOT NULL THEN % END", value.sql(), typeOf(value).sql());
    }
    return typeOf(value);
  }

  private Value typeOf(Value value) {
    return switch (value.kind()) {
      case BOOL -> typeName("bool");
      case INT -> typeName("int");
      case UINT -> typeName("uint");
      case DOUBLE -> typeName("double");
      case STRING -> typeName("string");
      case TIMESTAMP -> typeName("google.protobuf.Timestamp");
      case DURATION -> typeName("google.protobuf.Duration");
      case NULL -> typeName("null_type");
      case TYPE -> typeName("type");
      case LIST -> typeName("list");
      case MAP -> typeName("map");
      case JSON ->
          Value.of(
              Kind.TYPE,
              names.let(
                  value.sql(),
                  v ->
                      Sql.format(
                          "CASE jsonb_typeof(%) WHEN 'string' THEN 'string' WHEN 'boolean' THEN"
                              + " 'bool' WHEN 'array' THEN 'list' WHEN 'object' THEN 'map'"
                              + " WHEN 'null' THEN 'null_type' WHEN 'number' THEN"
                              + " CASE WHEN % IS NULL THEN 'double' ELSE 'int' END END",
                          v, casts.integer(Value.of(Kind.JSON, v)))));
    };
  }

  static Value typeName(String name) {
    return Value.literal(Kind.TYPE, "text", name);
  }

  private static FilterException unsupported(String function) {
    return FilterException.unsupported("`" + function + "` function");
  }
}

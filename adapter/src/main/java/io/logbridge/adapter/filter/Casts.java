// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import java.util.List;

/**
 * Conversions between kinds. None of them ever ends a statement with an error, whatever the rows
 * hold: what cannot be converted is NULL.
 */
final class Casts {

  /** Dates that exist. A day too many is an error in PostgreSQL, and ends the statement. */
  private static final String DATE =
      "(\\d{4}[-/]((0[13578]|1[02])[-/](0[1-9]|[12]\\d|3[01])|(0[469]|11)[-/](0[1-9]|[12]\\d|30)"
          + "|02[-/](0[1-9]|1\\d|2[0-8]))"
          + "|(\\d\\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)[-/]02[-/]29)";

  private static final String TIME = "([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d([.]\\d{1,9})?)?";
  private static final String ZONE =
      " ?(Z|UTC|GMT|[+-](0\\d|1[0-5])(:?[0-5]\\d|:[0-5]\\d:[0-5]\\d)?)";
  private static final String ZONED = "^" + DATE + "[T ]" + TIME + ZONE + "$";
  private static final String LOCAL = "^" + DATE + "([T ]" + TIME + ")?$";

  private static final String NUMBER =
      "^[+-]?(\\d{1,255}([.]\\d{0,255})?|[.]\\d{1,255})(e[+-]?\\d{1,2})?$";
  private static final String INTEGER = "^[+-]?\\d{1,25}$";
  private static final String LENGTHS = "^[+-]?(0|(\\d{1,12}([.]\\d{0,12})?(h|m|s|ms|us|µs|ns))+)$";

  private static final String INT_RANGE = "BETWEEN -9223372036854775808 AND 9223372036854775807";
  private static final String UINT_RANGE = "BETWEEN 0 AND 18446744073709551615";
  private static final String DOUBLE_RANGE = "BETWEEN -1e308 AND 1e308";

  private final Names names;

  Casts(Names names) {
    this.names = names;
  }

  /** As the condition of a row, or a part of it. */
  Sql bool(Value value) {
    return switch (value.kind()) {
      case BOOL -> value.sql();
      case JSON ->
          Sql.format(
              "(CASE % WHEN 'true'::jsonb THEN TRUE WHEN 'false'::jsonb THEN FALSE END)",
              value.sql());
      default -> throw FilterException.unsupported("boolean from " + value.kind());
    };
  }

  /** A number as {@code numeric}, with all its digits. */
  Sql number(Value value) {
    return switch (value.kind()) {
      case INT, UINT -> Sql.format("%::numeric", value.sql());
      case DOUBLE -> names.let(value.sql(), Casts::digits);
      default ->
          names.let(
              value.sql(),
              v -> Sql.format("CASE WHEN jsonb_typeof(%) = 'number' THEN %::numeric END", v, v));
    };
  }

  /** PostgreSQL itself casts a double by its first 15 digits. */
  private static Sql digits(Sql real) {
    return Sql.format(
        "CASE WHEN abs(%) < 9e18 AND % = trunc(%) THEN %::bigint::numeric"
            + " ELSE %::text::numeric END",
        real, real, real, real, real);
  }

  /** Whether a {@code numeric} is an integer in the range of those of CEL. */
  static Sql isInteger(Sql number) {
    return Sql.format("(% " + INT_RANGE + " AND % = trunc(%))", number, number, number);
  }

  /** A {@code numeric} in the range of an integer, cut towards zero. */
  Sql integer(Sql number) {
    return names.let(
        number,
        v -> Sql.format("CASE WHEN trunc(%) " + INT_RANGE + " THEN trunc(%)::bigint END", v, v));
  }

  /** An integer that JSON holds; NULL for a fraction. */
  Sql integer(Value value) {
    return value.kind() == Kind.INT
        ? value.sql()
        : names.let(
            number(value), v -> Sql.format("CASE WHEN % THEN %::bigint END", isInteger(v), v));
  }

  Sql unsigned(Sql number) {
    return names.let(
        number, v -> Sql.format("CASE WHEN trunc(%) " + UINT_RANGE + " THEN trunc(%) END", v, v));
  }

  /** A whole number from 0 that JSON holds. */
  Sql unsigned(Value value) {
    return value.kind() == Kind.UINT
        ? value.sql()
        : names.let(
            number(value),
            v ->
                Sql.format(
                    "CASE WHEN % " + UINT_RANGE + " AND % = trunc(%) THEN % END", v, v, v, v));
  }

  /** A {@code numeric} as {@code double precision}; what is too small for one is 0. */
  Sql real(Sql number) {
    return names.let(
        number,
        v ->
            Sql.format(
                "CASE WHEN % " + DOUBLE_RANGE + " THEN round(%, 300)::double precision END", v, v));
  }

  Sql real(Value value) {
    return value.kind() == Kind.DOUBLE ? value.sql() : real(number(value));
  }

  /** Text that PostgreSQL can read as a number. */
  Sql parsedNumber(Sql text) {
    return names.let(
        text, v -> Sql.format("CASE WHEN % ~* '" + NUMBER + "' THEN %::numeric END", v, v));
  }

  Sql parsedInteger(Sql text) {
    return names.let(
        text, v -> Sql.format("CASE WHEN % ~ '" + INTEGER + "' THEN %::numeric END", v, v));
  }

  /** A time; text without a zone is in UTC. */
  Sql timestamp(Value value) {
    return switch (value.kind()) {
      case TIMESTAMP -> value.sql();
      case STRING, JSON -> parsedTimestamp(value.asText());
      default -> throw FilterException.unsupported("timestamp from " + value.kind());
    };
  }

  private Sql parsedTimestamp(Sql text) {
    return names.let(
        text,
        v ->
            Sql.format(
                "CASE WHEN % ~ '^0000' THEN NULL WHEN % ~* '"
                    + ZONED
                    + "' THEN %::timestamptz WHEN % ~* '"
                    + LOCAL
                    + "' THEN %::timestamp AT TIME ZONE 'UTC' END",
                v,
                v,
                v,
                v,
                v));
  }

  /** A duration; text as Go writes it: {@code 1h30m}. */
  Sql duration(Value value) {
    return switch (value.kind()) {
      case DURATION -> value.sql();
      case STRING -> parsedDuration(value.sql());
      case JSON -> parsedDuration(characters(value));
      default -> throw FilterException.unsupported("duration from " + value.kind());
    };
  }

  private Sql parsedDuration(Sql text) {
    String name = names.next();
    return names.let(
        text,
        v ->
            Sql.format(
                "CASE WHEN % ~ '"
                    + LENGTHS
                    + "' THEN (SELECT coalesce(sum("
                    + name
                    + ".m[1]::numeric * CASE "
                    + name
                    + ".m[2] WHEN 'h' THEN 3600 WHEN 'm' THEN 60 WHEN 's' THEN 1"
                    + " WHEN 'ms' THEN 0.001 WHEN 'ns' THEN 0.000000001 ELSE 0.000001 END), 0)"
                    + " FROM regexp_matches(%, '(\\d+(?:[.]\\d*)?)(ms|us|µs|ns|h|m|s)', 'g') AS "
                    + name
                    + "(m)) * CASE WHEN starts_with(%, '-') THEN -1 ELSE 1 END END",
                v,
                v,
                v));
  }

  /** Text that JSON holds; NULL for anything else. */
  private Sql characters(Value json) {
    return names.let(
        json.sql(),
        v -> Sql.format("CASE WHEN jsonb_typeof(%) = 'string' THEN % #>> '{}' END", v, v));
  }

  /** As JSON, which has neither times nor durations nor types. */
  Sql json(Value value) {
    return switch (value.kind()) {
      case TIMESTAMP, DURATION, TYPE ->
          throw FilterException.unsupported(
              "mix of values of type " + value.kind() + " and others");
      default -> element(value);
    };
  }

  /**
   * As an element of a list whose elements are all of one kind, which {@link #unwrap} gives back.
   */
  Sql element(Value value) {
    return switch (value.kind()) {
      case JSON, LIST, MAP -> value.sql();
      case NULL -> Sql.of("'null'::jsonb");
      default -> Sql.format("to_jsonb(%)", value.sql());
    };
  }

  /** What all elements are; JSON if they differ. */
  static Kind common(List<Value> elements) {
    List<Kind> kinds = elements.stream().map(Value::kind).distinct().toList();
    return kinds.size() == 1 ? kinds.getFirst() : Kind.JSON;
  }

  /** As elements of one list. */
  List<Sql> elements(List<Value> values) {
    Kind kind = common(values);
    return values.stream().map(value -> kind == Kind.JSON ? json(value) : element(value)).toList();
  }

  /** JSON that this translation has built of values of one kind, as that kind again. */
  Value unwrap(Value value, Kind kind) {
    if (!value.kind().isJson() || kind.isJson()) {
      return value.kind() == kind ? value : Value.of(kind, value.sql());
    }
    Value json = Value.of(Kind.JSON, value.sql());
    return switch (kind) {
      case BOOL -> Value.of(kind, bool(json));
      case INT -> Value.of(kind, integer(json));
      case UINT, DURATION -> Value.of(kind, number(json));
      case DOUBLE -> Value.of(kind, real(json));
      case TIMESTAMP -> Value.of(kind, timestamp(json));
      default -> new Value(kind, value.asText(), null, null, value.entry(), Kind.JSON);
    };
  }
}

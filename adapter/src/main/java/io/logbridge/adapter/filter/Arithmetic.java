// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

/** {@code + - * / %}. What overflows, or is divided by zero, is NULL. */
final class Arithmetic {

  private final Names names;
  private final Casts casts;

  Arithmetic(Names names) {
    this.names = names;
    this.casts = new Casts(names);
  }

  /**
   * Applies an operator.
   *
   * @param operator {@code +}, {@code -}, {@code *}, {@code /} or {@code %}
   */
  Value apply(char operator, Value a, Value b) {
    if (operator == '+' && (a.kind() == Kind.STRING || b.kind() == Kind.STRING)) {
      // As Tekton Results has it: what is missing counts as the empty string.
      return Value.of(Kind.STRING, "concat(%, %)", a.asText(), b.asText());
    }
    if (operator == '+' && (a.kind() == Kind.LIST || b.kind() == Kind.LIST)) {
      return lists(a, b);
    }
    if (isOfTime(a) || isOfTime(b)) {
      return time(operator, a, b);
    }
    if (a.kind() == Kind.JSON && b.kind() == Kind.JSON) {
      return json(operator, a, b);
    }
    return numbers(operator, a, b);
  }

  private Value lists(Value a, Value b) {
    return Value.of(
        Kind.LIST,
        names.let(
            a.sql(),
            b.sql(),
            (x, y) ->
                Sql.format(
                    "CASE WHEN jsonb_typeof(%) = 'array' AND jsonb_typeof(%) = 'array'"
                        + " THEN % || % END",
                    x, y, x, y)));
  }

  private Value numbers(char operator, Value a, Value b) {
    Kind kind = a.kind() == Kind.JSON ? b.kind() : a.kind();
    return switch (kind) {
      case INT ->
          Value.of(
              kind,
              casts.integer(exact(operator, numeric(casts.integer(a)), numeric(casts.integer(b)))));
      case UINT ->
          Value.of(kind, casts.unsigned(exact(operator, casts.number(a), casts.number(b))));
      case DOUBLE -> Value.of(kind, real(operator, casts.real(a), casts.real(b)));
      default -> throw unsupported(operator);
    };
  }

  private static FilterException unsupported(char operator) {
    return FilterException.unsupported("`" + operator + "` function");
  }

  private static Sql numeric(Sql integer) {
    return Sql.format("%::numeric", integer);
  }

  private static Sql exact(char operator, Sql a, Sql b) {
    return switch (operator) {
      case '/' -> Sql.format("div(%, NULLIF(%, 0))", a, b);
      case '%' -> Sql.format("mod(%, NULLIF(%, 0))", a, b);
      default -> Sql.format("(% " + operator + " %)", a, b);
    };
  }

  /** The exact result says whether the floating one exists: PostgreSQL ends a statement if not. */
  private Sql real(char operator, Sql a, Sql b) {
    if (operator == '%') {
      throw unsupported(operator); // there is no remainder of doubles
    }
    return names.let(
        a,
        b,
        (x, y) -> {
          Sql exact =
              operator == '/'
                  ? Sql.format("(%::numeric / NULLIF(%::numeric, 0))", x, y)
                  : Sql.format("(%::numeric " + operator + " %::numeric)", x, y);
          return Sql.format(
              "CASE WHEN abs(%) < 1e308 AND (abs(%) > 1e-300 OR % = 0 OR % = 0) THEN % "
                  + operator
                  + " % END",
              exact,
              exact,
              x,
              exact,
              x,
              y);
        });
  }

  /** Of two values of which each row says what they are. */
  private Value json(char operator, Value a, Value b) {
    return Value.of(Kind.JSON, names.let(a.sql(), b.sql(), (x, y) -> json(operator, x, y)));
  }

  private Sql json(char operator, Sql a, Sql b) {
    Sql numbers =
        names.let(
            casts.number(Value.of(Kind.JSON, a)),
            casts.number(Value.of(Kind.JSON, b)),
            (x, y) ->
                Sql.format(
                    "CASE WHEN abs(%) < 1e308 AND abs(%) < 1e308 THEN to_jsonb(%) END",
                    x, y, jsonNumbers(operator, x, y)));
    return operator == '+'
        ? Sql.format(
            "CASE WHEN jsonb_typeof(%) = 'string' AND jsonb_typeof(%) = 'string'"
                + " THEN to_jsonb((% #>> '{}') || (% #>> '{}')) ELSE % END",
            a, b, a, b, numbers)
        : numbers;
  }

  /** Whole numbers are divided as integers are, and only they have a remainder. */
  private static Sql jsonNumbers(char operator, Sql a, Sql b) {
    Sql exact = exact(operator, a, b);
    String whole = "CASE WHEN % = trunc(%) AND % = trunc(%) THEN % ";
    return switch (operator) {
      case '/' -> Sql.format(whole + "ELSE % / NULLIF(%, 0) END", a, a, b, b, exact, a, b);
      case '%' -> Sql.format(whole + "END", a, a, b, b, exact);
      default -> exact;
    };
  }

  private static boolean isOfTime(Value value) {
    return value.kind() == Kind.TIMESTAMP || value.kind() == Kind.DURATION;
  }

  private Value time(char operator, Value a, Value b) {
    if (operator != '+' && operator != '-') {
      throw unsupported(operator);
    }
    boolean first = isTime(a, b);
    boolean second = isTime(b, a);
    if (operator == '-' && first && second) {
      return Value.of(
          Kind.DURATION,
          "(extract(epoch from %)::numeric - extract(epoch from %)::numeric)",
          casts.timestamp(a),
          casts.timestamp(b));
    }
    if (first) {
      return moved(operator, casts.timestamp(a), casts.duration(b));
    }
    if (second) {
      return moved(operator, casts.timestamp(b), casts.duration(a));
    }
    return Value.of(
        Kind.DURATION, Sql.format("(% " + operator + " %)", casts.duration(a), casts.duration(b)));
  }

  /** Text beside a duration is a time, and beside a time it is one too. */
  private static boolean isTime(Value value, Value other) {
    return value.kind() == Kind.TIMESTAMP || (value.kind() == Kind.JSON && isOfTime(other));
  }

  /** A time moved by seconds, if that is still between the years 1 and 9999. */
  private Value moved(char operator, Sql time, Sql seconds) {
    return Value.of(
        Kind.TIMESTAMP,
        names.let(
            time,
            seconds,
            (t, s) ->
                Sql.format(
                    "CASE WHEN extract(epoch from %)::numeric "
                        + operator
                        + " % BETWEEN -62135596800 AND 253402300799 THEN % "
                        + operator
                        + " make_interval(secs => %::double precision) END",
                    t,
                    s,
                    t,
                    s)));
  }

  Value negated(Value value) {
    return switch (value.kind()) {
      case INT -> apply('-', Value.literal(Kind.INT, "bigint", 0L), value);
      case DOUBLE -> Value.of(Kind.DOUBLE, "(- %)", value.sql());
      case JSON -> Value.of(Kind.JSON, "to_jsonb(- %)", casts.number(value));
      default -> throw FilterException.unsupported("`-_` function");
    };
  }
}

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
    if (operator == '+' && isBeside(Kind.STRING, a, b)) {
      return Value.of(Kind.STRING, "(% || %)", part(a), part(b));
    }
    if (operator == '+' && isBeside(Kind.LIST, a, b)) {
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

  /** Whether a value is of a kind, and the other one too or such that each row says what it is. */
  private static boolean isBeside(Kind kind, Value a, Value b) {
    return (a.kind() == kind && (b.kind() == kind || b.kind() == Kind.JSON))
        || (b.kind() == kind && a.kind() == Kind.JSON);
  }

  /** As Tekton Results has it, a field that is missing counts as the empty string. */
  private static Sql part(Value text) {
    return text.isField() ? Sql.format("coalesce(%, '')", text.asText()) : text.asText();
  }

  private Value lists(Value a, Value b) {
    return Value.container(
        Kind.LIST,
        a.element() == b.element() ? a.element() : Kind.JSON,
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
    if (!isBeside(kind, a, b)) {
      throw unsupported(operator);
    }
    return switch (kind) {
      case INT ->
          Value.of(
              kind,
              casts.integer(exact(operator, numeric(casts.integer(a)), numeric(casts.integer(b)))));
      case UINT ->
          Value.of(kind, casts.unsigned(exact(operator, casts.unsigned(a), casts.unsigned(b))));
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
            (x, y) -> jsonNumbers(operator, x, y));
    return operator == '+'
        ? Sql.format(
            "CASE WHEN jsonb_typeof(%) = 'string' AND jsonb_typeof(%) = 'string'"
                + " THEN to_jsonb((% #>> '{}') || (% #>> '{}'))"
                + " WHEN jsonb_typeof(%) = 'array' AND jsonb_typeof(%) = 'array' THEN % || %"
                + " ELSE % END",
            a, b, a, b, a, b, a, b, numbers)
        : numbers;
  }

  /** Two integers give an integer; others are doubles, which have no remainder. */
  private Sql jsonNumbers(char operator, Sql a, Sql b) {
    Sql doubles =
        operator == '%'
            ? Sql.of("NULL")
            : Sql.format("to_jsonb(%)", real(operator, casts.real(a), casts.real(b)));
    return Sql.format(
        "CASE WHEN % AND % THEN to_jsonb(%) ELSE % END",
        Casts.isInteger(a), Casts.isInteger(b), casts.integer(exact(operator, a, b)), doubles);
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
    if (second && operator == '+') {
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
                        + " % >= -62135596800 AND extract(epoch from %)::numeric "
                        + operator
                        + " % < 253402300800 THEN % "
                        + operator
                        // Two, since one double has not the digits for microseconds of ages.
                        + " (make_interval(secs => trunc(%)::double precision)"
                        + " + make_interval(secs => (% - trunc(%))::double precision)) END",
                    t,
                    s,
                    t,
                    s,
                    t,
                    s,
                    s,
                    s)));
  }

  Value negated(Value value) {
    return switch (value.kind()) {
      case INT -> apply('-', Value.literal(Kind.INT, "bigint", 0L), value);
      case DOUBLE -> Value.of(Kind.DOUBLE, "(- %)", value.sql());
      case JSON -> Value.of(Kind.JSON, names.let(casts.number(value), this::negatedJson));
      default -> throw FilterException.unsupported("`-_` function");
    };
  }

  private Sql negatedJson(Sql number) {
    return Sql.format(
        "CASE WHEN % THEN to_jsonb(%) ELSE to_jsonb(- %) END",
        Casts.isInteger(number), casts.integer(Sql.format("(- %)", number)), number);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import java.time.Instant;
import java.util.List;

/** Functions and operators by name, on arguments that are translated already. */
final class Functions {

  private final Instant now;
  private final Names names;
  private final Casts casts;
  private final JsonAccess access;
  private final Comparison comparison;
  private final Arithmetic arithmetic;
  private final TextFunctions text;
  private final TimeFunctions time;
  private final Conversions conversions;

  /**
   * For one filter.
   *
   * @param now for {@code timestamp("now")} and the like
   */
  Functions(Names names, Instant now) {
    this.now = now;
    this.names = names;
    this.casts = new Casts(names);
    this.access = new JsonAccess(names);
    this.comparison = new Comparison(names);
    this.arithmetic = new Arithmetic(names);
    this.text = new TextFunctions(names);
    this.time = new TimeFunctions(names);
    this.conversions = new Conversions(names);
  }

  /**
   * The value of a call.
   *
   * @param arguments its target first, if it has one
   */
  Value apply(String function, List<Value> arguments) {
    Value a = arguments.get(0);
    return switch (arguments.size()) {
      case 1 -> unary(function, a);
      case 2 -> binary(function, a, arguments.get(1));
      default ->
          function.equals("_?_:_")
              ? choice(a, arguments.get(1), arguments.get(2))
              : unknown(function);
    };
  }

  private Value unary(String function, Value a) {
    return switch (function) {
      case "!_" -> bool(Sql.format("(NOT %)", casts.bool(a)));
      case "-_" -> arithmetic.negated(a);
      case "size" -> text.size(a);
      case "dyn" -> a;
      case "type" -> conversions.type(a);
      case "string" -> conversions.string(a);
      case "int" -> conversions.integer(a);
      case "uint" -> conversions.unsigned(a);
      case "double" -> conversions.real(a);
      case "bool" -> conversions.bool(a);
      case "timestamp" -> time.timestamp(a, now);
      case "duration" -> time.duration(a);
      default -> TimeFunctions.has(function) ? time.apply(function, a, null) : unknown(function);
    };
  }

  private Value binary(String function, Value a, Value b) {
    return switch (function) {
      case "_&&_" -> bool(Sql.format("(% AND %)", casts.bool(a), casts.bool(b)));
      case "_||_" -> bool(Sql.format("(% OR %)", casts.bool(a), casts.bool(b)));
      case "_==_" -> bool(comparison.equal(a, b));
      case "_!=_" -> bool(comparison.notEqual(a, b));
      case "_<_", "_<=_", "_>_", "_>=_" -> bool(comparison.order(function.replace("_", ""), a, b));
      case "_+_", "_-_", "_*_", "_/_", "_%_" -> arithmetic.apply(function.charAt(1), a, b);
      case "_[_]" -> casts.unwrap(access.at(a, b), a.element());
      case "contains" -> bool(text.contains(a, b));
      case "startsWith" -> bool(text.startsWith(a, b));
      case "endsWith" -> bool(text.endsWith(a, b));
      case "matches" -> bool(text.matches(a, b));
      default -> TimeFunctions.has(function) ? time.apply(function, a, b) : unknown(function);
    };
  }

  private static Value bool(Sql sql) {
    return Value.of(Kind.BOOL, sql);
  }

  private static Value unknown(String function) {
    throw FilterException.unsupported("`" + function + "` function");
  }

  private Value choice(Value condition, Value yes, Value no) {
    Kind kind = yes.kind() == no.kind() ? yes.kind() : Kind.JSON;
    return Value.container(
        kind,
        yes.element() == no.element() ? yes.element() : Kind.JSON,
        names.let(
            casts.bool(condition),
            c ->
                Sql.format(
                    "CASE WHEN % THEN % WHEN NOT % THEN % END",
                    c, chosen(kind, yes), c, chosen(kind, no))));
  }

  private Sql chosen(Kind kind, Value value) {
    return kind == Kind.JSON ? casts.json(value) : value.sql();
  }
}

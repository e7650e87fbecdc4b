// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind;
import java.util.function.BiFunction;

/**
 * The macros {@code exists}, {@code all}, {@code exists_one}, {@code filter} and {@code map}. The
 * parser has made loops of them; each has a shape that no other has. An error for one element is
 * NULL, and as in CEL it decides only if no other element does.
 */
final class Comprehensions {

  private static final String ANY =
      "CASE WHEN bool_or(%) THEN TRUE WHEN bool_or(% IS NULL) THEN NULL ELSE FALSE END";
  private static final String ALL =
      "CASE WHEN bool_or(NOT %) THEN FALSE WHEN bool_or(% IS NULL) THEN NULL ELSE TRUE END";
  private static final String ONE =
      "CASE WHEN bool_or(% IS NULL) THEN NULL ELSE count(*) FILTER (WHERE %) = 1 END";

  private final Names names;
  private final Casts casts;
  private final Translation translation;

  /** How the parts of a macro are translated. */
  interface Translation {
    Value translate(CelExpr expression);

    /** With a variable that stands for the elements. */
    <T> T with(String variable, Value value, java.util.function.Supplier<T> body);
  }

  Comprehensions(Names names, Translation translation) {
    this.names = names;
    this.casts = new Casts(names);
    this.translation = translation;
  }

  Value translate(CelComprehension loop) {
    if (!loop.iterVar2().isEmpty()) {
      throw FilterException.unsupported("macro with two variables");
    }
    CelExpr step = loop.loopStep();
    if (isCall(step, Operator.LOGICAL_OR)) {
      return aggregate(loop, ANY, step.call().args().get(1));
    }
    if (isCall(step, Operator.LOGICAL_AND)) {
      return aggregate(loop, ALL, step.call().args().get(1));
    }
    if (isCall(step, Operator.CONDITIONAL)) {
      CelExpr condition = step.call().args().get(0);
      CelExpr added = step.call().args().get(1);
      return loop.accuInit().getKind() == ExprKind.Kind.LIST
          ? collected(loop, condition, element(added))
          : aggregate(loop, ONE, condition);
    }
    if (isCall(step, Operator.ADD)) {
      return collected(loop, null, element(step));
    }
    throw FilterException.unsupported("macro");
  }

  private static boolean isCall(CelExpr expression, Operator operator) {
    return expression.getKind() == ExprKind.Kind.CALL
        && expression.call().function().equals(operator.getFunction());
  }

  /** The element that {@code accumulator + [element]} adds. */
  private static CelExpr element(CelExpr addition) {
    return addition.call().args().get(1).list().elements().get(0);
  }

  private Value aggregate(CelComprehension loop, String aggregate, CelExpr predicate) {
    return overElements(
        loop,
        (row, element) -> {
          Sql condition = casts.bool(translation.translate(predicate));
          Sql p = Sql.of(row + ".p");
          return Value.of(
              Kind.BOOL,
              "SELECT "
                  + aggregate
                  + " FROM (SELECT % AS p FROM % AS "
                  + element
                  + "(v) OFFSET 0) AS "
                  + row,
              p,
              p,
              condition,
              Sql.of("jsonb_array_elements(" + element + "l.v)"));
        });
  }

  private Value collected(
      CelComprehension loop, @org.jspecify.annotations.Nullable CelExpr predicate, CelExpr added) {
    return overElements(
        loop,
        (row, element) -> {
          Sql condition =
              predicate == null ? Sql.of("TRUE") : casts.bool(translation.translate(predicate));
          Value value = translation.translate(added);
          return Value.container(
              Kind.LIST,
              value.kind(),
              Sql.format(
                  "SELECT CASE WHEN bool_or("
                      + row
                      + ".p IS NULL OR ("
                      + row
                      + ".p AND "
                      + row
                      + ".x IS NULL)) THEN NULL ELSE coalesce(jsonb_agg("
                      + row
                      + ".x ORDER BY "
                      + row
                      + ".n) FILTER (WHERE "
                      + row
                      + ".p), '[]'::jsonb) END FROM (SELECT % AS p, % AS x, "
                      + element
                      + ".n FROM jsonb_array_elements("
                      + element
                      + "l.v) WITH ORDINALITY AS "
                      + element
                      + "(v, n) OFFSET 0) AS "
                      + row,
                  condition,
                  casts.element(value)));
        });
  }

  /** A query over the elements of a list, or the keys of a map; NULL if it is neither. */
  private Value overElements(CelComprehension loop, BiFunction<String, String, Value> query) {
    Value range = translation.translate(loop.iterRange());
    String row = names.next();
    String element = names.next();
    Kind kind = range.kind() == Kind.MAP ? Kind.STRING : range.element();
    Value variable = casts.unwrap(Value.of(Kind.JSON, Sql.of(element + ".v")), kind);
    Value body = translation.with(loop.iterVar(), variable, () -> query.apply(row, element));
    return Value.container(
        body.kind(),
        body.element(),
        Sql.format(
            "(SELECT CASE WHEN "
                + element
                + "l.v IS NOT NULL THEN (%) END FROM (SELECT % AS v OFFSET 0) AS "
                + element
                + "l)",
            body.sql(),
            elements(casts.json(range))));
  }

  private Sql elements(Sql container) {
    String key = names.next();
    return names.let(
        container,
        v ->
            Sql.format(
                "CASE jsonb_typeof(%) WHEN 'array' THEN % WHEN 'object' THEN"
                    + " (SELECT coalesce(jsonb_agg("
                    + key
                    + ".k), '[]'::jsonb) FROM jsonb_object_keys(%) AS "
                    + key
                    + "(k)) END",
                v,
                v,
                v));
  }
}

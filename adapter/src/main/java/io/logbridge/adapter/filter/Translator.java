// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSource;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.types.CelKind;
import io.logbridge.adapter.error.RequestException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Translates one checked expression into SQL. Not safe for several threads; used once. */
final class Translator implements Comprehensions.Translation {

  private final CelAbstractSyntaxTree filter;
  private final Map<String, Value> variables;
  private final Names names = new Names();
  private final Casts casts = new Casts(names);
  private final JsonAccess access = new JsonAccess(names);
  private final Comparison comparison = new Comparison(names);
  private final Functions functions;
  private final Comprehensions comprehensions = new Comprehensions(names, this);

  Translator(CelAbstractSyntaxTree filter, Map<String, Value> variables, Instant now) {
    this.filter = filter;
    this.variables = new HashMap<>(variables);
    this.functions = new Functions(names, now);
  }

  /** The condition that the whole filter is. */
  SqlCondition condition() {
    Sql sql = required(filter.getExpr());
    return new SqlCondition(sql.text(), sql.parameters());
  }

  /** A part of which only matters whether it is true: NULL is as good as false. */
  private Sql required(CelExpr expression) {
    if (expression.getKind() == ExprKind.Kind.CALL) {
      CelCall call = expression.call();
      switch (call.function()) {
        case "_&&_" -> {
          return Sql.format(
              "(% AND %)", required(call.args().get(0)), required(call.args().get(1)));
        }
        case "_||_" -> {
          return Sql.format("(% OR %)", required(call.args().get(0)), required(call.args().get(1)));
        }
        case "_==_" -> {
          return comparison.required(translate(call.args().get(0)), translate(call.args().get(1)));
        }
        default -> {}
      }
    }
    return casts.bool(translate(expression));
  }

  @Override
  public Value translate(CelExpr expression) {
    try {
      return switch (expression.getKind()) {
        case CONSTANT -> constant(expression.constant());
        case IDENT -> identifier(expression, expression.ident().name());
        case SELECT -> select(expression, expression.select());
        case CALL -> call(expression.call());
        case LIST -> list(expression.list().elements());
        case MAP -> map(expression.map());
        case COMPREHENSION -> comprehensions.translate(expression.comprehension());
        default -> throw FilterException.unsupported(String.valueOf(expression.getKind()));
      };
    } catch (FilterException e) {
      throw refusal(e, expression);
    }
  }

  private RequestException refusal(FilterException cause, CelExpr expression) {
    CelSource source = filter.getSource();
    @Nullable Integer offset = source.getPositionsMap().get(expression.id());
    CelSourceLocation start = CelSourceLocation.of(1, 0);
    CelSourceLocation location =
        offset == null ? start : source.getOffsetLocation(offset).orElse(start);
    return cause.at(location.getLine(), location.getColumn());
  }

  @Override
  public <T> T with(String variable, Value value, Supplier<T> body) {
    @Nullable Value outer = variables.put(variable, value);
    try {
      return body.get();
    } finally {
      if (outer == null) {
        variables.remove(variable);
      } else {
        variables.put(variable, outer);
      }
    }
  }

  private static Value constant(CelConstant constant) {
    return switch (constant.getKind()) {
      case BOOLEAN_VALUE -> Value.bool(constant.booleanValue());
      case INT64_VALUE -> Value.literal(Kind.INT, "bigint", constant.int64Value());
      case UINT64_VALUE -> Value.literal(Kind.UINT, "numeric", constant.uint64Value().toString());
      case DOUBLE_VALUE ->
          Value.literal(Kind.DOUBLE, "double precision", finite(constant.doubleValue()));
      case STRING_VALUE -> Value.string(storable(constant.stringValue()));
      case NULL_VALUE -> Value.of(Kind.NULL, Sql.of("NULL"));
      default -> throw FilterException.unsupported("constant of type " + constant.getKind());
    };
  }

  private static double finite(double value) {
    if (Double.isFinite(value) && Math.abs(value) <= 1e308) {
      return value;
    }
    throw FilterException.invalid("number", String.valueOf(value), "at most 1e308");
  }

  private static String storable(String value) {
    if (value.indexOf('\0') >= 0) {
      throw FilterException.invalid(
          "string", value.replace("\0", "\\u0000"), "no character U+0000, which is in no record");
    }
    return value;
  }

  private Value identifier(CelExpr expression, String name) {
    @Nullable Value variable = variables.get(name);
    if (variable != null) {
      return variable;
    }
    if (isOf(CelKind.TYPE, expression)) {
      return Conversions.typeName(name);
    }
    throw FilterException.unsupported("`" + name + "`");
  }

  private Value select(CelExpr expression, CelSelect select) {
    if (isOf(CelKind.TYPE, expression) && !select.testOnly()) {
      return Conversions.typeName(
          filter.getReference(expression.id()).map(r -> r.name()).orElse(select.field()));
    }
    if (isSummary(select.operand())) {
      Value field = Columns.OF_SUMMARY.get(select.field());
      if (field == null) {
        throw FilterException.unsupported("select " + select.field());
      }
      return select.testOnly() ? Value.of(Kind.BOOL, isSet(field)) : field;
    }
    Value operand = translate(select.operand());
    if (!operand.kind().isJson()) {
      throw FilterException.unsupported("select");
    }
    String key = storable(select.field());
    return select.testOnly()
        ? Value.of(Kind.BOOL, hasKey(operand, key))
        : casts.unwrap(access.key(operand, key), operand.element());
  }

  private boolean isSummary(CelExpr expression) {
    return isOf(CelKind.STRUCT, expression) && expression.getKind() == ExprKind.Kind.IDENT;
  }

  /** As in proto3: a scalar is set if it is not the zero value. */
  private static Sql isSet(Value field) {
    return switch (field.kind()) {
      case STRING -> Sql.format("(% <> '')", field.sql());
      case INT -> Sql.format("(% <> 0)", field.sql());
      case MAP -> Sql.format("(coalesce(%, '{}'::jsonb) <> '{}'::jsonb)", field.sql());
      default -> Sql.format("(% IS NOT NULL)", field.sql());
    };
  }

  private Sql hasKey(Value object, String key) {
    return names.let(
        object.sql(),
        o ->
            Sql.format(
                "CASE WHEN jsonb_typeof(%) = 'object' THEN jsonb_exists(%, %) END",
                o, o, Sql.parameter("text", key)));
  }

  /** An error in one of its elements is an error. */
  private Value list(List<CelExpr> elements) {
    if (elements.isEmpty()) {
      return Value.of(Kind.LIST, Sql.of("'[]'::jsonb"));
    }
    List<Value> values = elements.stream().map(this::translate).toList();
    return Value.container(
        Kind.LIST,
        Casts.common(values),
        names.let(
            array(casts.elements(values), "jsonb"),
            a ->
                Sql.format(
                    "CASE WHEN array_position(%, NULL::jsonb) IS NULL THEN to_jsonb(%) END",
                    a, a)));
  }

  private static Sql array(List<Sql> elements, String type) {
    return Sql.format("ARRAY[%]::" + type + "[]", Sql.join(", ", elements));
  }

  /** An error in one of its keys or values is an error. */
  private Value map(CelExpr.CelMap map) {
    List<Sql> keys = new ArrayList<>();
    List<Value> values = new ArrayList<>();
    map.entries()
        .forEach(entry -> {
          Value key = translate(entry.key());
          if (key.kind() != Kind.STRING) {
            throw FilterException.unsupported("map with a key that is not a string");
          }
          keys.add(key.sql());
          values.add(translate(entry.value()));
        });
    if (keys.isEmpty()) {
      return Value.of(Kind.MAP, Sql.of("'{}'::jsonb"));
    }
    return Value.container(
        Kind.MAP,
        Casts.common(values),
        names.let(
            array(keys, "text"),
            array(casts.elements(values), "jsonb"),
            (k, v) -> object(k, v, keys.size())));
  }

  private static Sql object(Sql keys, Sql values, int size) {
    List<Sql> entries = new ArrayList<>();
    for (int i = 1; i <= size; i++) {
      entries.add(Sql.format("%[" + i + "], %[" + i + "]", keys, values));
    }
    return Sql.format(
        "CASE WHEN array_position(%, NULL::text) IS NULL AND array_position(%, NULL::jsonb) IS NULL"
            + " THEN jsonb_build_object(%) END",
        keys, values, Sql.join(", ", entries));
  }

  private Value call(CelCall call) {
    if (call.function().equals("@in")) {
      return Value.of(Kind.BOOL, in(call.args().get(0), call.args().get(1)));
    }
    List<CelExpr> expressions = new ArrayList<>();
    call.target().ifPresent(expressions::add);
    expressions.addAll(call.args());
    return functions.apply(call.function(), expressions.stream().map(this::translate).toList());
  }

  private Sql in(CelExpr element, CelExpr container) {
    Value value = translate(element);
    return container.getKind() == ExprKind.Kind.LIST
        ? comparison.in(value, container.list().elements().stream().map(this::translate).toList())
        : comparison.in(value, translate(container));
  }

  /** What the checker found; of parts of a record it does not know, or guesses. */
  private boolean isOf(CelKind kind, CelExpr expression) {
    return filter.getType(expression.id()).filter(type -> type.kind() == kind).isPresent();
  }
}

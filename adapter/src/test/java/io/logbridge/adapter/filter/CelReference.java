// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * Filters as the evaluator of {@code dev.cel:cel} works them out, one row at a time. What the
 * documentation says beyond CEL is a function here, which {@link FilterPairs} writes out.
 */
@SuppressWarnings("Immutable") // Java's functional interfaces are not marked; these have no state
final class CelReference {

  private static final CelOptions OPTIONS =
      CelOptions.current().enableHeterogeneousNumericComparisons(true).build();

  private static final CelType DYN = SimpleType.DYN;

  /** In which PostgreSQL keeps the keys of an object. */
  private static final Comparator<String> JSONB_KEYS =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private final CelCompiler compiler;
  private final CelRuntime runtime;

  CelReference() {
    List<CelFunctionDecl> functions = new ArrayList<>();
    List<CelFunctionBinding> bindings = new ArrayList<>();
    one(functions, bindings, "truth", SimpleType.BOOL, CelReference::truth);
    one(functions, bindings, "text", SimpleType.STRING, CelReference::text);
    one(functions, bindings, "scalar", SimpleType.STRING, CelReference::scalar);
    one(functions, bindings, "characters", SimpleType.STRING, CelReference::characters);
    one(functions, bindings, "real", SimpleType.DOUBLE, CelReference::real);
    one(functions, bindings, "natural", SimpleType.UINT, CelReference::natural);
    one(functions, bindings, "finite", SimpleType.DOUBLE, value -> finite((Double) value));
    one(functions, bindings, "negative", DYN, CelReference::negative);
    functions.add(
        CelFunctionDecl.newFunctionDeclaration(
            "written",
            CelOverloadDecl.newGlobalOverload(
                "written_timestamp", SimpleType.STRING, SimpleType.TIMESTAMP)));
    bindings.add(
        CelFunctionBinding.from("written_timestamp", Instant.class, CelReference::written));
    two(functions, bindings, "plus", CelReference::plus);
    two(functions, bindings, "minus", numbers(Math::subtractExact, (a, b) -> a - b));
    two(functions, bindings, "times", numbers(Math::multiplyExact, (a, b) -> a * b));
    two(functions, bindings, "over", numbers(Math::divideExact, (a, b) -> a / b));
    two(functions, bindings, "rest", numbers((a, b) -> a % b, CelReference::noRemainder));
    functions.add(
        CelFunctionDecl.newFunctionDeclaration(
            "holds",
            CelOverloadDecl.newGlobalOverload(
                "holds_dyn_string_string",
                SimpleType.BOOL,
                DYN,
                SimpleType.STRING,
                SimpleType.STRING)));
    bindings.add(
        CelFunctionBinding.from(
            "holds_dyn_string_string",
            List.of(Object.class, String.class, String.class),
            arguments ->
                arguments[0] instanceof Map<?, ?> map
                    && arguments[2].equals(map.get(arguments[1]))));
    functions.add(
        CelFunctionDecl.newFunctionDeclaration(
            "part",
            CelOverloadDecl.newGlobalOverload(
                "part_dyn_string", SimpleType.STRING, DYN, SimpleType.STRING)));
    bindings.add(
        CelFunctionBinding.from("part_dyn_string", Object.class, String.class, CelReference::part));
    ofDurations(functions, bindings, "together", Duration::plus);
    ofDurations(functions, bindings, "apart", Duration::minus);
    this.compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addFunctionDeclarations(functions)
            .addVar("row", DYN)
            .addVar("data", DYN)
            .addVar("name", SimpleType.STRING)
            .addVar("uid", SimpleType.STRING)
            .addVar("annotations", MapType.create(SimpleType.STRING, SimpleType.STRING))
            .addVar("create_time", SimpleType.TIMESTAMP)
            .addVar("update_time", SimpleType.TIMESTAMP)
            .build();
    this.runtime =
        CelRuntimeFactory.standardCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .addFunctionBindings(bindings)
            .build();
  }

  private static void one(
      List<CelFunctionDecl> functions,
      List<CelFunctionBinding> bindings,
      String name,
      CelType result,
      java.util.function.Function<Object, Object> function) {
    functions.add(
        CelFunctionDecl.newFunctionDeclaration(
            name, CelOverloadDecl.newGlobalOverload(name + "_dyn", result, DYN)));
    bindings.add(CelFunctionBinding.from(name + "_dyn", Object.class, function::apply));
  }

  private static void two(
      List<CelFunctionDecl> functions,
      List<CelFunctionBinding> bindings,
      String name,
      BinaryOperator<Object> function) {
    functions.add(
        CelFunctionDecl.newFunctionDeclaration(
            name, CelOverloadDecl.newGlobalOverload(name + "_dyn_dyn", DYN, DYN, DYN)));
    bindings.add(
        CelFunctionBinding.from(name + "_dyn_dyn", Object.class, Object.class, function::apply));
  }

  /** The evaluator cannot add to a negative duration with a fraction. */
  private static void ofDurations(
      List<CelFunctionDecl> functions,
      List<CelFunctionBinding> bindings,
      String name,
      BinaryOperator<Duration> function) {
    CelType type = SimpleType.DURATION;
    functions.add(
        CelFunctionDecl.newFunctionDeclaration(
            name, CelOverloadDecl.newGlobalOverload(name + "_durations", type, type, type)));
    bindings.add(
        CelFunctionBinding.from(
            name + "_durations", Duration.class, Duration.class, function::apply));
  }

  /** The rows for which a filter is true; one for which it is an error is not among them. */
  List<String> names(String filter, Map<String, Map<String, Object>> rows) {
    CelRuntime.Program program = program(filter);
    List<String> names = new ArrayList<>();
    rows.forEach((name, row) -> {
      if (isTrue(program, row)) {
        names.add(name);
      }
    });
    return names;
  }

  private CelRuntime.Program program(String filter) {
    try {
      CelAbstractSyntaxTree tree = compiler.compile(filter).getAst();
      return runtime.createProgram(tree);
    } catch (CelValidationException | CelEvaluationException e) {
      throw new AssertionError("the evaluator does not take " + filter, e);
    }
  }

  private static boolean isTrue(CelRuntime.Program program, Map<String, Object> row) {
    try {
      return Boolean.TRUE.equals(program.eval(row));
    } catch (CelEvaluationException e) {
      return false;
    }
  }

  /** JSON as a value of CEL: a number without a fraction is an int, if it is in its range. */
  static Object value(JsonNode json) {
    return switch (json.getNodeType()) {
      case OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        json.properties().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
        yield map;
      }
      case ARRAY -> json.valueStream().map(CelReference::value).toList();
      case STRING -> json.stringValue();
      case BOOLEAN -> json.booleanValue();
      case NULL -> NullValue.NULL_VALUE;
      case NUMBER ->
          json.isIntegralNumber() && json.canConvertToLong()
              ? json.longValue()
              : (Object) json.doubleValue();
      default -> throw new IllegalArgumentException(json.toString());
    };
  }

  /** The error that an evaluation of CEL is. */
  private static RuntimeException error(Object value) {
    return new IllegalArgumentException(String.valueOf(value));
  }

  /** JSON as a part of a condition. */
  private static Object truth(Object value) {
    if (value instanceof Boolean) {
      return value;
    }
    throw error(value);
  }

  /** JSON beside text: a string is its characters, anything else its JSON, and null an error. */
  private static String text(Object value) {
    if (value instanceof NullValue) {
      throw error(value);
    }
    return value instanceof String text ? text : json(value);
  }

  private static String json(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        List<String> entries =
            map.entrySet().stream()
                .sorted(Comparator.comparing(entry -> (String) entry.getKey(), JSONB_KEYS))
                .map(entry -> json(entry.getKey()) + ": " + json(entry.getValue()))
                .toList();
        yield "{" + String.join(", ", entries) + "}";
      }
      case List<?> list -> {
        List<String> elements = list.stream().map(CelReference::json).toList();
        yield "[" + String.join(", ", elements) + "]";
      }
      case String text -> tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(text);
      case Double number -> new BigDecimal(number.toString()).toPlainString();
      case Long number -> number.toString();
      case Boolean truth -> truth.toString();
      case NullValue _ -> "null";
      default -> throw error(value);
    };
  }

  /** {@code string()} of JSON, with numbers as Go writes them. */
  private static String scalar(Object value) {
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return text(value);
    }
    throw error(value);
  }

  /** As Go writes times: Java fills fractions up with zeros. */
  private static String written(Instant time) {
    return time.toString().replaceAll("(?<=[.]\\d{1,8})0+Z$|[.]0+Z$", "Z");
  }

  /** JSON beside a time or a duration. */
  private static String characters(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw error(value);
  }

  /** A number of JSON beside a double. */
  private static Double real(Object value) {
    if (value instanceof Long || value instanceof Double) {
      return ((Number) value).doubleValue();
    }
    throw error(value);
  }

  /** A number of JSON beside a uint. */
  private static Object natural(Object value) {
    if (value instanceof Long number && number >= 0) {
      return com.google.common.primitives.UnsignedLong.valueOf(number);
    }
    if (value instanceof Double number && number >= 0x1p63 && number < 0x1p64) {
      return com.google.common.primitives.UnsignedLong.valueOf(
          new BigDecimal(number).toBigIntegerExact());
    }
    throw error(value);
  }

  /** What is no number, or next to infinite or to zero, is an error. */
  private static Double finite(Double value) {
    double size = Math.abs(value);
    if (value == 0 || (size > 1e-300 && size < 1e308)) {
      return value;
    }
    throw error(value);
  }

  private static Object number(double value) {
    double result = finite(value);
    return result == Math.rint(result) && Math.abs(result) < 0x1p63
        ? (Object) (long) result
        : (Object) result;
  }

  private static Object negative(Object value) {
    return switch (value) {
      case Long number -> Math.negateExact(number);
      case Double number -> number(-number);
      default -> throw error(value);
    };
  }

  private static Object plus(Object a, Object b) {
    if (a instanceof String first && b instanceof String second) {
      return first + second;
    }
    if (a instanceof List<?> first && b instanceof List<?> second) {
      List<Object> both = new ArrayList<>(first);
      both.addAll(second);
      return both;
    }
    return numbers(Math::addExact, Double::sum).apply(a, b);
  }

  /** Two numbers of JSON: ints if both are, doubles if not. */
  private static BinaryOperator<Object> numbers(
      LongBinaryOperator ints, DoubleBinaryOperator doubles) {
    return (a, b) ->
        a instanceof Long first && b instanceof Long second
            ? (Object) ints.applyAsLong(first, second)
            : number(doubles.applyAsDouble(real(a), real(b)));
  }

  private static double noRemainder(double a, double b) {
    throw error(a + " % " + b);
  }

  /** A field beside {@code +} and text: the empty string if it is not there. */
  private static String part(Object object, String path) {
    Object value = object;
    for (String key : path.split("[.]", -1)) {
      if (!(value instanceof Map<?, ?> map) || !map.containsKey(key)) {
        return "";
      }
      value = map.get(key);
    }
    return value instanceof NullValue ? "" : text(value);
  }
}

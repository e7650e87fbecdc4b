// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.proto.v1alpha2.RecordSummary;
import java.time.Clock;
import java.util.Map;

/**
 * Turns filters in CEL into conditions of SQL. Safe for use by many threads. The first compiler of
 * a JVM takes about a second to make: make it at the start.
 */
public final class FilterCompiler {

  static final int MAX_CHARACTERS = 10_000;
  static final int MAX_DEPTH = 100;

  /** Of all filters that are kept; a checked filter takes about a hundred bytes for each. */
  private static final int KEPT_CHARACTERS = 20 * MAX_CHARACTERS;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .populateMacroCalls(false)
          .maxParseRecursionDepth(MAX_DEPTH)
          .maxExpressionCodePointSize(MAX_CHARACTERS)
          .build();

  private final CelCompiler compiler;
  private final Map<String, Value> variables;
  private final Clock clock;

  /** Clients send the same few filters again and again, and checking one takes a millisecond. */
  private final Cache<String, CelAbstractSyntaxTree> checked =
      Caffeine.newBuilder()
          .maximumWeight(KEPT_CHARACTERS)
          .weigher((String filter, CelAbstractSyntaxTree _) -> filter.length())
          .build();

  private FilterCompiler(CelCompiler compiler, Map<String, Value> variables, Clock clock) {
    this.compiler = compiler;
    this.variables = variables;
    this.clock = clock;
  }

  /** For the table {@code results}. */
  public static FilterCompiler results() {
    return results(Clock.systemUTC());
  }

  /**
   * For the table {@code results}.
   *
   * @param clock for what a filter says of {@code now} or {@code yesterday}
   */
  public static FilterCompiler results(Clock clock) {
    CelCompiler compiler =
        environment()
            .addMessageTypes(RecordSummary.getDescriptor())
            .addVar("uid", SimpleType.STRING)
            .addVar("annotations", MapType.create(SimpleType.STRING, SimpleType.STRING))
            .addVar(
                "summary", StructTypeReference.create(RecordSummary.getDescriptor().getFullName()))
            .addVar("create_time", SimpleType.TIMESTAMP)
            .addVar("update_time", SimpleType.TIMESTAMP)
            .addVar("UNKNOWN", SimpleType.INT)
            .addVar("SUCCESS", SimpleType.INT)
            .addVar("FAILURE", SimpleType.INT)
            .addVar("TIMEOUT", SimpleType.INT)
            .addVar("CANCELLED", SimpleType.INT)
            .build();
    return warm(new FilterCompiler(compiler, Columns.OF_RESULTS, clock));
  }

  /** For the table {@code records}. */
  public static FilterCompiler records() {
    return records(Clock.systemUTC());
  }

  /** The same by a clock of the caller's. */
  public static FilterCompiler records(Clock clock) {
    CelCompiler compiler =
        environment()
            .addVar("name", SimpleType.STRING)
            .addVar("result_name", SimpleType.STRING)
            .addVar("data_type", SimpleType.STRING)
            .addVar("data", SimpleType.DYN)
            .build();
    return warm(new FilterCompiler(compiler, Columns.OF_RECORDS, clock));
  }

  private static CelCompilerBuilder environment() {
    return CelCompilerFactory.standardCelCompilerBuilder()
        .setOptions(OPTIONS)
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .addVar("parent", SimpleType.STRING)
        .addVar("PIPELINE_RUN", SimpleType.STRING)
        .addVar("TASK_RUN", SimpleType.STRING);
  }

  /** Loads the classes of the parser before the first request needs them. */
  private static FilterCompiler warm(FilterCompiler compiler) {
    compiler.compile("parent == 'a' || [1].exists(x, x > 0)");
    return compiler;
  }

  /**
   * The condition that a filter sets; {@link SqlCondition#TRUE} if it is blank.
   *
   * @throws RequestException {@code INVALID_ARGUMENT} if the filter is not CEL, not a condition,
   *     too large, or cannot be expressed in SQL
   */
  public SqlCondition compile(String filter) {
    if (filter.isBlank()) {
      return SqlCondition.TRUE;
    }
    if (filter.length() > MAX_CHARACTERS) {
      throw refused(
          "filter: " + filter.length() + " characters (expected: at most " + MAX_CHARACTERS + ")");
    }
    return new Translator(checked.get(filter, this::check), variables, clock.instant()).condition();
  }

  /** A filter that is a condition, with its types. */
  CelAbstractSyntaxTree check(String filter) {
    CelAbstractSyntaxTree tree = typed(filter);
    CelType type = tree.getResultType();
    if (type.kind() != CelKind.BOOL && type.kind() != CelKind.DYN) {
      throw refused("expected boolean expression, but got " + CelTypes.format(type));
    }
    return tree;
  }

  private CelAbstractSyntaxTree typed(String filter) {
    CelValidationResult parsed = compiler.parse(filter, "<input>");
    if (parsed.hasError()) {
      throw refused("error compiling CEL filters: " + syntaxErrors(parsed.getErrorString()));
    }
    CelValidationResult typed = compiler.check(ast(parsed));
    if (typed.hasError()) {
      throw refused("error compiling CEL filters: " + withoutCandidates(typed.getErrorString()));
    }
    return ast(typed);
  }

  private static CelAbstractSyntaxTree ast(CelValidationResult valid) {
    try {
      return valid.getAst();
    } catch (CelValidationException e) {
      throw new IllegalStateException("has no error and no tree", e);
    }
  }

  /** As the CEL of Tekton Results words it. */
  private static String syntaxErrors(String errors) {
    return errors.replaceAll("(?m)^(ERROR: <input>:\\d+:\\d+: )", "$1Syntax error: ");
  }

  private static String withoutCandidates(String errors) {
    return errors.replaceAll("(?m) \\(candidates: .*\\)$", "");
  }

  private static RequestException refused(String message) {
    return new RequestException(Code.INVALID_ARGUMENT, message);
  }
}

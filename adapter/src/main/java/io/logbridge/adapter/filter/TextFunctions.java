// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

/** {@code size}, {@code contains}, {@code startsWith}, {@code endsWith} and {@code matches}. */
final class TextFunctions {

  private final Names names;

  TextFunctions(Names names) {
    this.names = names;
  }

  private static Sql text(Value value) {
    if (value.kind() != Kind.STRING && value.kind() != Kind.JSON) {
      throw FilterException.unsupported("function of text on a value of type " + value.kind());
    }
    return value.asText();
  }

  /** JSON is searched in its text, as Tekton Results does it. */
  Sql contains(Value text, Value part) {
    return Sql.format("(strpos(%, %) > 0)", text(text), text(part));
  }

  Sql startsWith(Value text, Value part) {
    return Sql.format("starts_with(%, %)", text(text), text(part));
  }

  Sql endsWith(Value text, Value part) {
    return names.let(text(part), p -> Sql.format("right(%, length(%)) = %", text(text), p, p));
  }

  Sql matches(Value text, Value pattern) {
    if (!(pattern.literal() instanceof String re2)) {
      throw FilterException.unsupported("`matches` with a pattern that is not a literal");
    }
    return Sql.format("(% ~ %)", text(text), Sql.parameter("text", RegexTranslator.translate(re2)));
  }

  Value size(Value value) {
    return switch (value.kind()) {
      case STRING -> Value.of(Kind.INT, "length(%)::bigint", value.sql());
      case JSON, LIST, MAP -> Value.of(Kind.INT, jsonSize(value.sql()));
      default -> throw FilterException.unsupported("`size` function");
    };
  }

  private Sql jsonSize(Sql json) {
    return names.let(
        json,
        v ->
            Sql.format(
                "CASE jsonb_typeof(%) WHEN 'array' THEN jsonb_array_length(%)::bigint"
                    + " WHEN 'object' THEN (SELECT count(*) FROM jsonb_object_keys(%))"
                    + " WHEN 'string' THEN length(% #>> '{}')::bigint END",
                v, v, v, v));
  }
}

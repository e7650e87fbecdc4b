// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import io.logbridge.adapter.filter.Value.Entry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Equality, order and membership. */
final class Comparison {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Names names;
  private final Casts casts;

  Comparison(Names names) {
    this.names = names;
    this.casts = new Casts(names);
  }

  Sql notEqual(Value a, Value b) {
    return isText(a, b)
        ? Sql.format("(% <> %)", a.asText(), b.asText())
        : Sql.format("(NOT %)", equal(a, b));
  }

  Sql equal(Value a, Value b) {
    if (a.kind() == Kind.NULL || b.kind() == Kind.NULL) {
      return a.kind() == Kind.NULL ? isNull(b) : isNull(a);
    }
    if (isText(a, b)) {
      return textEqual(a, b);
    }
    if (isOf(Kind.TIMESTAMP, a, b)) {
      return Sql.format("(% = %)", casts.timestamp(a), casts.timestamp(b));
    }
    if (isOf(Kind.DURATION, a, b)) {
      return Sql.format("(% = %)", casts.duration(a), casts.duration(b));
    }
    if (a.kind().isJson() || b.kind().isJson()) {
      return Sql.format("(% = %)", casts.json(a), casts.json(b));
    }
    if (a.kind() == b.kind()) {
      return Sql.format("(% = %)", a.sql(), b.sql());
    }
    return a.kind().isNumber() && b.kind().isNumber()
        ? Sql.format("(% = %)", casts.number(a), casts.number(b))
        : Sql.format("(% IS NULL AND NULL OR % IS NULL AND NULL)", a.sql(), b.sql());
  }

  private Sql isNull(Value value) {
    return switch (value.kind()) {
      case NULL -> Sql.of("TRUE");
      case JSON, LIST -> Sql.format("(% = 'null'::jsonb)", value.sql());
      // A column may be empty; what was worked out is not null, or it is an error.
      default ->
          value.isColumn()
              ? Sql.format("(% IS NULL)", value.sql())
              : Sql.format("(% IS NULL AND NULL)", value.sql());
    };
  }

  private static Sql textEqual(Value a, Value b) {
    Sql plain = Sql.format("(% = %)", a.asText(), b.asText());
    if (a.entry() != null && b.literal() instanceof String text) {
      return found(a.entry(), text, plain);
    }
    if (b.entry() != null && a.literal() instanceof String text) {
      return found(b.entry(), text, plain);
    }
    return plain;
  }

  /**
   * By containment in a column, which is how Tekton Results finds a text there: a row without the
   * key has not the text, and is not NULL.
   */
  private static Sql found(Entry entry, String text, Sql plain) {
    return Columns.CONTAINERS.contains(entry.object()) ? contains(entry, text) : plain;
  }

  private static Sql contains(Entry entry, String text) {
    ObjectNode object = JSON.createObjectNode().put(entry.key(), text);
    return Sql.format(
        "(" + entry.object() + " @> %)", Sql.parameter("jsonb", JSON.writeValueAsString(object)));
  }

  /**
   * Equality where a row counts only if it is true, and NULL is as good as false: a label is asked
   * for by containment too, so that an index finds it.
   */
  Sql required(Value a, Value b) {
    Sql plain = equal(a, b);
    Entry entry = a.entry() == null ? b.entry() : a.entry();
    Object text = a.entry() == null ? a.literal() : b.literal();
    if (entry != null
        && entry.object().equals(Columns.LABELS)
        && text instanceof String value
        && isTextOnly(value)) {
      return Sql.format("(% AND %)", contains(entry, value), plain);
    }
    return plain;
  }

  /** Whether it cannot be the text of a number or of a boolean. */
  private static boolean isTextOnly(String text) {
    return !text.isEmpty()
        && Character.isLetter(text.charAt(0))
        && !text.equals("true")
        && !text.equals("false");
  }

  /** Whether both are compared as text: JSON is, with text, as Tekton Results does it. */
  private static boolean isText(Value a, Value b) {
    Set<Kind> kinds = Set.copyOf(List.of(a.kind(), b.kind()));
    return kinds.equals(Set.of(Kind.STRING))
        || kinds.equals(Set.of(Kind.STRING, Kind.JSON))
        || kinds.equals(Set.of(Kind.TYPE));
  }

  private static boolean isOf(Kind kind, Value a, Value b) {
    return (a.kind() == kind && (b.kind() == kind || b.kind() == Kind.JSON))
        || (b.kind() == kind && a.kind() == Kind.JSON);
  }

  /** {@code <}, {@code <=}, {@code >} or {@code >=}. Text is in the order of its code points. */
  Sql order(String operator, Value a, Value b) {
    String plain = "(% " + operator + " %)";
    String text = "(% COLLATE \"C\" " + operator + " %)";
    if (isText(a, b)) {
      return Sql.format(text, a.asText(), b.asText());
    }
    if (isOf(Kind.TIMESTAMP, a, b)) {
      return Sql.format(plain, casts.timestamp(a), casts.timestamp(b));
    }
    if (isOf(Kind.DURATION, a, b)) {
      return Sql.format(plain, casts.duration(a), casts.duration(b));
    }
    if (isOf(Kind.BOOL, a, b)) {
      return Sql.format(plain, casts.bool(a), casts.bool(b));
    }
    if (a.kind() == Kind.JSON && b.kind() == Kind.JSON) {
      return jsonOrder(plain, text, a, b);
    }
    if (isNumeric(a) && isNumeric(b)) {
      return Sql.format(plain, comparable(a), comparable(b));
    }
    return Sql.of("NULL::boolean");
  }

  private static boolean isNumeric(Value value) {
    return value.kind().isNumber() || value.kind() == Kind.JSON;
  }

  /** Numbers of all kinds meet as {@code numeric}; a column keeps its own type, for its index. */
  private Sql comparable(Value value) {
    return value.kind() == Kind.INT ? value.sql() : casts.number(value);
  }

  private Sql jsonOrder(String plain, String text, Value a, Value b) {
    return names.let(
        casts.json(a),
        casts.json(b),
        (x, y) ->
            Sql.format(
                "CASE WHEN jsonb_typeof(%) <> jsonb_typeof(%) THEN NULL ELSE CASE jsonb_typeof(%)"
                    + " WHEN 'number' THEN "
                    + plain.replace("%", "%::numeric")
                    + " WHEN 'string' THEN "
                    + text.replace("%", "(% #>> '{}')")
                    + " WHEN 'boolean' THEN "
                    + plain.replace("%", "%::boolean")
                    + " END END",
                x,
                y,
                x,
                x,
                y,
                x,
                y,
                x,
                y));
  }

  /** Whether a value is one of those written in the filter. */
  Sql in(Value value, List<Value> elements) {
    if (elements.isEmpty()) {
      return Sql.format("(% IS NULL AND NULL)", value.sql());
    }
    boolean uniform =
        elements.stream()
            .allMatch(e -> isText(value, e) || (e.kind() == value.kind() && !e.kind().isJson()));
    if (uniform) {
      List<Sql> texts = elements.stream().map(Value::asText).toList();
      return Sql.format("(% IN (%))", value.asText(), Sql.join(", ", texts));
    }
    return names.let(
        value.sql(),
        v ->
            elements.stream()
                .map(element -> equal(Value.of(value.kind(), v), element))
                .collect(Collectors.collectingAndThen(Collectors.toList(), Comparison::anyOf)));
  }

  private static Sql anyOf(List<Sql> conditions) {
    return Sql.format("(%)", Sql.join(" OR ", conditions));
  }

  /** Whether a value is an element of a list, or a key of a map. */
  Sql in(Value value, Value container) {
    if (!container.kind().isJson()) {
      throw FilterException.unsupported("in " + container.kind());
    }
    String element = names.next();
    return names.let(
        value.kind() == container.element() ? casts.element(value) : casts.json(value),
        container.sql(),
        (v, c) ->
            Sql.format(
                "CASE WHEN % IS NULL THEN NULL"
                    + " WHEN jsonb_typeof(%) = 'object' THEN"
                    + " jsonb_typeof(%) = 'string' AND jsonb_exists(%, % #>> '{}')"
                    + " WHEN jsonb_typeof(%) = 'array' THEN EXISTS (SELECT 1"
                    + " FROM jsonb_array_elements(%) AS "
                    + element
                    + "(v) WHERE "
                    + element
                    + ".v = %) END",
                v,
                c,
                v,
                c,
                v,
                c,
                c,
                v));
  }
}

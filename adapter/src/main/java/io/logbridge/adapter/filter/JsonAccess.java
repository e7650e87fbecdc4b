// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import io.logbridge.adapter.filter.Value.Entry;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Steps from a JSON value to one inside it. NULL where there is none. */
final class JsonAccess {

  /** Beyond every list that a record can hold. */
  private static final int MOST = 1_000_000_000;

  /**
   * Keys that our indexes are about. These are written out, since PostgreSQL compares an expression
   * with that of an index literally; any other key is a parameter.
   */
  private static final Set<String> INDEXED =
      Set.of("metadata", "labels", "annotations", "name", "namespace", "uid", "status", "spec");

  private final Names names;

  JsonAccess(Names names) {
    this.names = names;
  }

  Value key(Value object, String key) {
    Sql name = INDEXED.contains(key) ? Sql.of("'" + key + "'") : Sql.parameter("text", key);
    return new Value(
        Kind.JSON,
        step(object, "->", name),
        step(object, "->>", name),
        null,
        entry(object, key),
        Kind.JSON);
  }

  private static @Nullable Entry entry(Value object, String key) {
    String sql = object.sql().text();
    boolean indexed = Columns.CONTAINERS.contains(sql) || sql.equals(Columns.LABELS);
    return indexed ? new Entry(sql, key) : null;
  }

  /** With an index or a key that is itself worked out in each row. */
  Value at(Value container, Value key) {
    if (!container.kind().isJson()) {
      throw FilterException.unsupported("index of a value of type " + container.kind());
    }
    if (key.literal() instanceof String name) {
      return key(container, name);
    }
    return switch (key.kind()) {
      case STRING -> steps(container, key.sql());
      case INT ->
          Value.of(
              Kind.JSON,
              element(container.sql(), index(key.sql(), key.literal() == null ? 0 : -MOST)));
      case JSON -> dynamic(container, key);
      default -> throw FilterException.unsupported("index of type " + key.kind());
    };
  }

  /** A scalar of PostgreSQL has an element 0, itself. */
  private Sql element(Sql list, Sql index) {
    return names.let(
        list, l -> Sql.format("CASE WHEN jsonb_typeof(%) = 'array' THEN % -> % END", l, l, index));
  }

  private Value steps(Value container, Sql step) {
    return new Value(
        Kind.JSON,
        step(container, "->", step),
        step(container, "->>", step),
        null,
        null,
        Kind.JSON);
  }

  private static Sql step(Value container, String operator, Sql step) {
    return Sql.format("(%" + operator + "%)", container.sql(), step);
  }

  /**
   * A position in a list. As Tekton Results has it, one that is written down with a minus counts
   * from the end; CEL has none of these, and one that is worked out is no position then.
   */
  private Sql index(Sql number, int least) {
    return names.let(
        number,
        v ->
            Sql.format(
                "CASE WHEN % BETWEEN "
                    + least
                    + " AND "
                    + MOST
                    + " AND % = trunc(%) THEN %::int END",
                v,
                v,
                v,
                v));
  }

  private Value dynamic(Value container, Value key) {
    return Value.of(
        Kind.JSON,
        names.let(
            container.sql(),
            key.sql(),
            (c, k) ->
                Sql.format(
                    "CASE jsonb_typeof(%) WHEN 'string' THEN % -> (% #>> '{}')"
                        + " WHEN 'number' THEN % END",
                    k,
                    c,
                    k,
                    element(c, index(new Casts(names).number(Value.of(Kind.JSON, k)), 0)))));
  }
}

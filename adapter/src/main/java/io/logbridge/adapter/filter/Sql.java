// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of SQL.
 *
 * @param text with a {@code ?} for each parameter. Nothing in it comes from a filter: what a filter
 *     says is in the parameters
 * @param parameters in the order of their {@code ?}
 */
record Sql(String text, List<Object> parameters) {

  /** No filter of a size that we take needs more; what does is refused before it fills memory. */
  private static final int MAX_CHARACTERS = 1_000_000;

  Sql {
    if (text.length() > MAX_CHARACTERS) {
      throw new RequestException(
          Code.INVALID_ARGUMENT,
          "filter: its SQL has more than "
              + MAX_CHARACTERS
              + " characters (expected: a simpler one)");
    }
  }

  static Sql of(String text) {
    return new Sql(text, List.of());
  }

  /** A parameter of an SQL type. */
  static Sql parameter(String type, Object value) {
    return new Sql("?::" + type, List.of(value));
  }

  /** A template, whose {@code %} become the parts in their order. */
  static Sql format(String template, Sql... parts) {
    StringBuilder text = new StringBuilder();
    List<Object> parameters = new ArrayList<>();
    int from = 0;
    for (Sql part : parts) {
      int hole = template.indexOf('%', from);
      text.append(template, from, hole).append(part.text);
      parameters.addAll(part.parameters);
      from = hole + 1;
    }
    return new Sql(text.append(template, from, template.length()).toString(), parameters);
  }

  static Sql join(String separator, List<Sql> parts) {
    return new Sql(
        parts.stream().map(Sql::text).collect(Collectors.joining(separator)),
        parts.stream().flatMap(part -> part.parameters.stream()).toList());
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transcode;

import io.logbridge.adapter.error.RequestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The query of a request, or a body of the type {@code application/x-www-form-urlencoded}.
 *
 * @param values of each parameter, in the order in which they came
 */
public record QueryString(Map<String, List<String>> values) {

  /**
   * Reads a query.
   *
   * @param raw without the question mark; may be empty
   * @throws RequestException {@code INVALID_ARGUMENT} if it cannot be decoded
   */
  public static QueryString parse(String raw) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : raw.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        values.computeIfAbsent(decode(name), _ -> new ArrayList<>()).add(decode(value));
      }
    }
    return new QueryString(values);
  }

  private static String decode(String text) {
    return Percent.decode("query", text.replace('+', ' '));
  }

  /** The names of all parameters, in order. */
  public Set<String> names() {
    return values.keySet();
  }

  /** All values of a parameter; empty if it is not given. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** These parameters and, after them, those of another. */
  public QueryString and(QueryString other) {
    Map<String, List<String>> both = new LinkedHashMap<>();
    values.forEach((name, all) -> both.put(name, new ArrayList<>(all)));
    other.values.forEach(
        (name, all) -> both.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(all));
    return new QueryString(both);
  }
}

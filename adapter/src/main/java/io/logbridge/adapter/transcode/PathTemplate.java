// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transcode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The path of an HTTP rule: {@code /v1/parents/{parent=*\/results/*}/records}. Of the grammar it
 * has what the Results API uses: literals, {@code *}, and variables made of them.
 *
 * @see <a href="https://github.com/googleapis/googleapis/blob/master/google/api/http.proto">Path
 *     template syntax</a>
 */
final class PathTemplate {

  private static final String ANY = "*";

  /** A part of the path that a field of the request gets: segments {@code from} to {@code to}. */
  private record Variable(String field, int from, int to) {}

  private final List<String> pattern;
  private final List<Variable> variables;

  private PathTemplate(List<String> pattern, List<Variable> variables) {
    this.pattern = pattern;
    this.variables = variables;
  }

  static PathTemplate parse(String template) {
    List<String> pattern = new ArrayList<>();
    List<Variable> variables = new ArrayList<>();
    int at = 1;
    while (at < template.length()) {
      boolean variable = template.charAt(at) == '{';
      int end = end(template, variable ? template.indexOf('}', at) : at);
      String part = template.substring(at, end);
      if (variable) {
        int equals = part.indexOf('=');
        List<String> inner = segments(part.substring(equals + 1, part.length() - 1));
        variables.add(
            new Variable(part.substring(1, equals), pattern.size(), pattern.size() + inner.size()));
        pattern.addAll(inner);
      } else {
        pattern.add(part);
      }
      at = end + 1;
    }
    return new PathTemplate(List.copyOf(pattern), List.copyOf(variables));
  }

  private static int end(String template, int from) {
    int slash = template.indexOf('/', from);
    return slash < 0 ? template.length() : slash;
  }

  private static List<String> segments(String path) {
    return List.of(path.split("/", -1));
  }

  /**
   * Compares a path with this.
   *
   * @param segments of the path, decoded
   * @return the fields that the path sets; empty if it is another path
   */
  Optional<Map<String, String>> match(List<String> segments) {
    if (segments.size() != pattern.size()) {
      return Optional.empty();
    }
    for (int i = 0; i < pattern.size(); i++) {
      boolean fits =
          pattern.get(i).equals(ANY)
              ? !segments.get(i).isEmpty()
              : pattern.get(i).equals(segments.get(i));
      if (!fits) {
        return Optional.empty();
      }
    }
    Map<String, String> fields = new HashMap<>();
    for (Variable variable : variables) {
      fields.put(
          variable.field(), String.join("/", segments.subList(variable.from(), variable.to())));
    }
    return Optional.of(fields);
  }

  @Override
  public String toString() {
    return "/" + String.join("/", pattern);
  }
}

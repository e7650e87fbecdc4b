// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.record.LabelSelector;
import io.logbridge.adapter.record.LabelSelector.Operator;
import io.logbridge.adapter.record.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads label selectors: {@code app=web,tier in (a,b),!canary}. Refusals are in the words of
 * Kubernetes.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors">
 *     Label selectors</a>
 */
final class LabelSelectorParser {

  private static final Pattern TOKEN =
      Pattern.compile("[ \\t\\r\\n]*(!=|==|[=!(),<>]|[^=!(),<>\\s]+)");
  private static final String SPECIAL = "=!(),<>";
  private static final String END = "";

  private final List<String> tokens = new ArrayList<>();
  private int next;

  private LabelSelectorParser(String selector) {
    Matcher matcher = TOKEN.matcher(selector);
    while (matcher.find()) {
      tokens.add(matcher.group(1));
    }
  }

  /**
   * Reads a selector.
   *
   * @param selector empty for everything
   * @throws RequestException {@code INVALID_ARGUMENT} if it is none
   */
  static LabelSelector parse(String selector) {
    return new LabelSelectorParser(selector).selector();
  }

  private LabelSelector selector() {
    List<Requirement> requirements = new ArrayList<>();
    while (!peek().equals(END)) {
      if (!beginsRequirement(peek())) {
        throw found(peek(), ", expected: !, identifier, or 'end of string'");
      }
      requirements.add(requirement());
      String separator = take();
      if (separator.equals(",")) {
        if (!beginsRequirement(peek())) {
          throw found(peek(), ", expected: identifier after ','");
        }
      } else if (!separator.equals(END)) {
        throw found(separator, ", expected: ',' or 'end of string'");
      }
    }
    return new LabelSelector(requirements);
  }

  private static boolean beginsRequirement(String token) {
    return token.equals("!") || isIdentifier(token);
  }

  private Requirement requirement() {
    try {
      return unprefixedRequirement();
    } catch (RequestException e) {
      throw invalid("unable to parse requirement: " + e.getMessage());
    }
  }

  private Requirement unprefixedRequirement() {
    boolean negated = peek().equals("!");
    if (negated) {
      take();
    }
    String key = take();
    if (!isIdentifier(key)) {
      throw found(key, ", expected: identifier");
    }
    LabelSyntax.unlessKey(key);
    if (negated) {
      return new Requirement(key, Operator.NOT_EXISTS, List.of());
    }
    if (peek().equals(END) || peek().equals(",")) {
      return new Requirement(key, Operator.EXISTS, List.of());
    }
    String operator = take();
    return switch (operator) {
      case "=", "==" -> checked(key, Operator.IN, exactValue());
      case "!=" -> checked(key, Operator.NOT_IN, exactValue());
      case "in" -> checked(key, Operator.IN, values());
      case "notin" -> checked(key, Operator.NOT_IN, values());
      case ">" -> compared(key, Operator.GREATER, exactValue());
      case "<" -> compared(key, Operator.LESS, exactValue());
      default -> throw found(operator, ", expected: in, notin, =, ==, !=, gt, lt");
    };
  }

  private static Requirement checked(String key, Operator operator, Set<String> values) {
    List<String> sorted = List.copyOf(values);
    for (int i = 0; i < sorted.size(); i++) {
      LabelSyntax.unlessValue(key, i, sorted.get(i));
    }
    return new Requirement(key, operator, sorted);
  }

  private static Requirement compared(String key, Operator operator, Set<String> values) {
    String value = values.iterator().next();
    try {
      Long.parseLong(value);
    } catch (NumberFormatException _) {
      throw invalid(
          "values[0]: Invalid value: %s: for 'Gt', 'Lt' operators, the value must be an integer"
              .formatted(LabelSyntax.quoted(value)));
    }
    return checked(key, operator, values);
  }

  private Set<String> exactValue() {
    if (peek().equals(END) || peek().equals(",")) {
      return Set.of("");
    }
    String value = take();
    if (!isIdentifier(value)) {
      throw found(value, ", expected: identifier");
    }
    return Set.of(value);
  }

  /** {@code (a,b)}; where there is nothing between commas or brackets, that is an empty value. */
  private Set<String> values() {
    String open = take();
    if (!open.equals("(")) {
      throw found(open, " expected: '('");
    }
    Set<String> values = new TreeSet<>();
    while (true) {
      values.add(isIdentifier(peek()) ? take() : "");
      String separator = take();
      if (separator.equals(")")) {
        return values;
      }
      if (!separator.equals(",")) {
        throw found(separator, ", expected: ',' or ')'");
      }
    }
  }

  /** Words that are operators elsewhere are keys and values where one is expected. */
  private static boolean isIdentifier(String token) {
    return !token.isEmpty() && SPECIAL.indexOf(token.charAt(0)) < 0;
  }

  private String peek() {
    return next < tokens.size() ? tokens.get(next) : END;
  }

  private String take() {
    String token = peek();
    next++;
    return token;
  }

  private static RequestException found(String token, String expected) {
    return invalid("found '" + token + "'" + expected);
  }

  private static RequestException invalid(String message) {
    return new RequestException(Code.INVALID_ARGUMENT, message);
  }
}

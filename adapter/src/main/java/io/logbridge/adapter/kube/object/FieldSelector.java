// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What fields of an object have to be: {@code metadata.name=build,status.phase!=Running}. Refusals
 * are in the words of Kubernetes.
 *
 * @param terms all of which have to hold
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/overview/working-with-objects/field-selectors/">Field
 *     selectors</a>
 */
public record FieldSelector(List<Term> terms) {

  /**
   * What one field has to be.
   *
   * @param path of the field: {@code metadata.name}
   * @param equal whether it has to be the value, or must not be
   */
  public record Term(String path, boolean equal, String value) {

    boolean matches(JsonNode object) {
      return (value(object).equals(value) || isUidOfPod(object)) == equal;
    }

    private String value(JsonNode object) {
      return path.equals("source")
          ? Json.text(object, "source", "component")
          : Json.text(object, path.split("\\.", -1));
    }

    /**
     * Whether it asks for the events of a pod by the uid that we gave to the pod, and not by the
     * one that the pod had and that only its events know.
     */
    private boolean isUidOfPod(JsonNode object) {
      JsonNode involved = object.path("involvedObject");
      return path.equals("involvedObject.uid")
          && Json.text(involved, "kind").equals(KubeResource.PODS.kind())
          && value.equals(
              Metadata.uid(
                  KubeResource.PODS,
                  Json.text(involved, "namespace"),
                  Json.text(involved, "name")));
    }
  }

  /**
   * Reads a selector.
   *
   * @param selector empty for everything
   * @throws RequestException {@code INVALID_ARGUMENT} if it is none, or one that the resource does
   *     not have
   */
  static FieldSelector parse(String selector, KubeResource resource) {
    FieldSelector read = parse(selector);
    for (Term term : read.terms) {
      if (!resource.fieldSelectors().contains(term.path())) {
        throw invalid("field label not supported: " + term.path());
      }
    }
    return read;
  }

  private static FieldSelector parse(String selector) {
    return new FieldSelector(
        split(selector).stream()
            .filter(part -> !part.isEmpty())
            .map(part -> term(part, selector))
            .toList());
  }

  /**
   * The only name that what a selector finds can have. It decides for which object a caller needs
   * permission, so it is read as the selection itself is.
   *
   * @return empty if it can find objects of several names, or is no selector
   */
  public static Optional<String> onlyName(String selector) {
    try {
      return parse(selector).required("metadata.name");
    } catch (RequestException _) {
      return Optional.empty(); // refused for what it is once the caller is known
    }
  }

  boolean matches(JsonNode object) {
    return terms.stream().allMatch(term -> term.matches(object));
  }

  /** The value that a field has to have, if the selector says. */
  Optional<String> required(String path) {
    return terms.stream()
        .filter(term -> term.equal() && term.path().equals(path))
        .map(Term::value)
        .findFirst();
  }

  /** The parts between commas, but for those after a backslash. */
  private static List<String> split(String selector) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < selector.length(); i++) {
      if (selector.charAt(i) == '\\') {
        i++;
      } else if (selector.charAt(i) == ',') {
        parts.add(selector.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(selector.substring(start));
    return parts;
  }

  private static Term term(String part, String selector) {
    int equals = part.indexOf('=');
    if (equals <= 0 || (equals == 1 && part.charAt(0) == '!')) {
      throw invalid("invalid selector: '%s'; can't understand '%s'".formatted(selector, part));
    }
    boolean unequal = part.charAt(equals - 1) == '!';
    boolean twice = !unequal && part.startsWith("==", equals);
    return new Term(
        part.substring(0, unequal ? equals - 1 : equals),
        !unequal,
        unescaped(part.substring(twice ? equals + 2 : equals + 1)));
  }

  private static String unescaped(String value) {
    StringBuilder plain = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        i++;
        if (i == value.length() || "\\,=".indexOf(value.charAt(i)) < 0) {
          throw invalid(
              "invalid field selector: invalid escape sequence: "
                  + value.substring(i - 1, Math.min(i + 1, value.length())));
        }
        plain.append(value.charAt(i));
      } else if (c == '=') {
        throw invalid("invalid field selector: unescaped character in value: =");
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static RequestException invalid(String message) {
    return new RequestException(Code.INVALID_ARGUMENT, message);
  }
}

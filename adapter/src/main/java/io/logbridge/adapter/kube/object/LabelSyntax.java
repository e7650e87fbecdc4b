// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** The syntax of the keys and values of labels, and what Kubernetes says to what lacks it. */
final class LabelSyntax {

  private static final int MOST_NAME = 63;
  private static final int MOST_PREFIX = 253;
  private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
  private static final Pattern PREFIX =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private static final String NAME_RULE =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
          + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
  private static final String PREFIX_RULE =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
          + " used for validation is"
          + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
  private static final String VALUE_RULE =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
          + " 'my_value',  or '12345', regex used for validation is"
          + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

  private static final JsonMapper JSON = new JsonMapper();

  private LabelSyntax() {}

  /**
   * @throws RequestException {@code INVALID_ARGUMENT} if this is no key of a label
   */
  static void unlessKey(String key) {
    List<String> wrong = new ArrayList<>();
    String[] parts = key.split("/", -1);
    if (parts.length > 2) {
      wrong.add(
          "a qualified name "
              + NAME_RULE
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
    } else {
      if (parts.length == 2) {
        wrong.addAll(ofPrefix(parts[0]));
      }
      wrong.addAll(ofName(parts[parts.length - 1]));
    }
    refuse("<nil>", key, wrong);
  }

  /**
   * @param index of the value among those of its requirement
   * @throws RequestException {@code INVALID_ARGUMENT} if this is no value of a label
   */
  static void unlessValue(String key, int index, String value) {
    List<String> wrong = new ArrayList<>();
    if (value.length() > MOST_NAME) {
      wrong.add("must be no more than 63 characters");
    }
    if (!value.isEmpty() && !NAME.matcher(value).matches()) {
      wrong.add(VALUE_RULE);
    }
    refuse("values[" + index + "][" + key + "]", value, wrong);
  }

  /** In quotation marks, as Go writes texts for people. */
  static String quoted(String value) {
    return JSON.writeValueAsString(value);
  }

  private static List<String> ofPrefix(String prefix) {
    List<String> wrong = new ArrayList<>();
    if (prefix.isEmpty()) {
      wrong.add("prefix part must be non-empty");
    } else if (prefix.length() > MOST_PREFIX) {
      wrong.add("prefix part must be no more than 253 characters");
    }
    if (!prefix.isEmpty() && !PREFIX.matcher(prefix).matches()) {
      wrong.add("prefix part " + PREFIX_RULE);
    }
    return wrong;
  }

  private static List<String> ofName(String name) {
    List<String> wrong = new ArrayList<>();
    if (name.isEmpty()) {
      wrong.add("name part must be non-empty");
    } else if (name.length() > MOST_NAME) {
      wrong.add("name part must be no more than 63 characters");
    }
    if (!NAME.matcher(name).matches()) {
      wrong.add("name part " + NAME_RULE);
    }
    return wrong;
  }

  private static void refuse(String path, String value, List<String> wrong) {
    if (!wrong.isEmpty()) {
      throw new RequestException(
          Code.INVALID_ARGUMENT,
          "%s: Invalid value: %s: %s".formatted(path, quoted(value), String.join("; ", wrong)));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Takes the different values of one field. */
final class FieldRows implements RowReader<Set<String>> {

  private final String field;
  private final Set<String> values = new TreeSet<>();

  FieldRows(String field) {
    this.field = field;
  }

  @Override
  public boolean row(JsonParser parser) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean wanted = parser.currentName().equals(field);
      parser.nextToken();
      String value = Values.first(parser);
      if (wanted && !value.isEmpty()) {
        values.add(value);
      }
    }
    return true;
  }

  @Override
  public Set<String> result() {
    return values;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Counts the events that a deletion could not take, as {@code delete} reports for each index. */
final class DeletedRows implements RowReader<Long> {

  private long errors;

  @Override
  public boolean row(JsonParser parser) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean wanted = parser.currentName().equals("errors");
      parser.nextToken();
      String value = Values.first(parser);
      if (wanted && !value.isEmpty()) {
        errors += Values.number(parser, value);
      }
    }
    return true;
  }

  @Override
  public Long result() {
    return errors;
  }
}

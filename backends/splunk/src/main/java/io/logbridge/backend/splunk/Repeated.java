// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A value that mostly is that of the row before: of equal ones there is one text only. */
final class Repeated {

  private String value = "";

  /** The value that the parser stands at, as {@link Values#first} has it. */
  String first(JsonParser parser) {
    if (parser.currentToken() != JsonToken.VALUE_STRING || !isSame(parser)) {
      value = Values.first(parser);
    }
    return value;
  }

  private boolean isSame(JsonParser parser) {
    int length = parser.getStringLength();
    if (length != value.length()) {
      return false;
    }
    char[] chars = parser.getStringCharacters();
    int start = parser.getStringOffset();
    for (int i = 0; i < length; i++) {
      if (chars[start + i] != value.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}

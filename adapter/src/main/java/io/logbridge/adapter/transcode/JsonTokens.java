// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transcode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The tokens of a JSON text, and where they stand in it. */
final class JsonTokens implements AutoCloseable {

  private static final JsonFactory JSON = new JsonFactory();

  private final byte[] text;
  private final JsonParser parser;

  private JsonTokens(byte[] text) {
    this.text = text;
    this.parser = JSON.createParser(ObjectReadContext.empty(), text);
  }

  /** The tokens of a text in UTF-8. Places count from its first character that is not blank. */
  static JsonTokens of(byte[] text) {
    int start = 0;
    while (start < text.length && text[start] <= ' ' && text[start] >= 0) {
      start++;
    }
    return new JsonTokens(start == 0 ? text : Arrays.copyOfRange(text, start, text.length));
  }

  /** Goes on; null at the end. */
  @Nullable JsonToken next() {
    return parser.nextToken();
  }

  @Nullable JsonToken current() {
    return parser.currentToken();
  }

  /** The current string, name or number without quotes and escapes. */
  String text() {
    return parser.getString();
  }

  void skipValue() {
    parser.skipChildren();
  }

  /** The current token as it is written. */
  String raw() {
    int start = start();
    return new String(text, start, end(start) - start, UTF_8);
  }

  private int end(int start) {
    if (parser.currentToken() == JsonToken.PROPERTY_NAME) {
      return endOfString(start); // the parser has read on, to the value
    }
    parser.finishToken();
    return Math.max((int) parser.currentLocation().getByteOffset(), start + 1);
  }

  private int endOfString(int start) {
    int at = start + 1;
    while (text[at] != '"') {
      at += text[at] == '\\' ? 2 : 1;
    }
    return at + 1;
  }

  private int start() {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  /** An error at the current token, in protojson's form. */
  RequestException error(String message) {
    return new RequestException(Code.INVALID_ARGUMENT, "proto: (" + place() + "): " + message);
  }

  /** An error of syntax at the current token, in protojson's form. */
  RequestException syntaxError(String message) {
    return new RequestException(
        Code.INVALID_ARGUMENT, "proto: syntax error (" + place() + "): " + message);
  }

  private String place() {
    String before = new String(text, 0, start(), UTF_8);
    int lineStart = before.lastIndexOf('\n') + 1;
    long line = before.chars().filter(c -> c == '\n').count() + 1;
    int column = before.codePointCount(lineStart, before.length()) + 1;
    return "line " + line + ":" + column;
  }

  @Override
  public void close() {
    parser.close();
  }
}

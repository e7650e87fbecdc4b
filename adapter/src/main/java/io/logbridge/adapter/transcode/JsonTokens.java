// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transcode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.json.ClientJson;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** The tokens of a JSON text, and where they stand in it. */
final class JsonTokens implements AutoCloseable {

  private final byte[] text;
  private final JsonParser parser;

  /** The first place where strings are not text; the parser does not look. */
  private final @Nullable StringFlaw flaw;

  private JsonTokens(byte[] text) {
    this.text = text;
    this.flaw = StringFlaw.first(text);
    this.parser = ClientJson.UNCHECKED.createParser(ObjectReadContext.empty(), text);
  }

  /** The tokens of a text in UTF-8. Places count from its first character that is not blank. */
  static JsonTokens of(byte[] text) {
    int start = 0;
    while (start < text.length && text[start] <= ' ' && text[start] >= 0) {
      start++;
    }
    return new JsonTokens(start == 0 ? text : Arrays.copyOfRange(text, start, text.length));
  }

  /**
   * Goes on; null at the end.
   *
   * @throws RequestException {@code INVALID_ARGUMENT} if the next token is a string that is no text
   */
  @Nullable JsonToken next() {
    JsonToken token = parser.nextToken();
    boolean string = token == JsonToken.PROPERTY_NAME || token == JsonToken.VALUE_STRING;
    if (flaw != null && string && start() < flaw.at() && flaw.at() < endOfString(start())) {
      throw flaw.isEnd()
          ? new RequestException(Code.INVALID_ARGUMENT, flaw.message())
          : syntaxError(flaw.message());
    }
    return token;
  }

  @Nullable JsonToken current() {
    return parser.currentToken();
  }

  /** The current string, name or number without quotes and escapes. */
  String text() {
    return parser.getString();
  }

  void skipValue() {
    int open = 0;
    do {
      open += depth(parser.currentToken());
    } while (open > 0 && next() != null);
  }

  private static int depth(@Nullable JsonToken token) {
    if (token == null || token.isScalarValue()) {
      return 0;
    }
    return token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
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
    while (at < text.length && text[at] != '"') {
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

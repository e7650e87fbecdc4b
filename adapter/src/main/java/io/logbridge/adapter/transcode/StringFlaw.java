// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transcode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import org.jspecify.annotations.Nullable;

/**
 * What makes a JSON string no text: bytes that are not UTF-8, or half of a pair of surrogates. The
 * words are those of Go's protojson.
 *
 * @param at where it is, in bytes; outside of strings it means nothing
 * @param message what protojson says of it
 * @param isEnd whether protojson takes it for the end of the input
 */
record StringFlaw(int at, String message, boolean isEnd) {

  /** An escape such as {@code \ud83d}, in bytes. */
  private static final int ESCAPE = 6;

  private static final int DECODED_AT_ONCE = 4096;

  /** The first one of a text; {@code null} if there is none. */
  static @Nullable StringFlaw first(byte[] json) {
    StringFlaw bytes = UnsafeByteOperations.unsafeWrap(json).isValidUtf8() ? null : notUtf8(json);
    StringFlaw escape = halfPair(json, bytes == null ? json.length : bytes.at());
    return escape == null ? bytes : escape;
  }

  private static StringFlaw notUtf8(byte[] json) {
    CharsetDecoder decoder = UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.wrap(json);
    CharBuffer chars = CharBuffer.allocate(DECODED_AT_ONCE);
    while (decoder.decode(bytes, chars, true).isOverflow()) {
      chars.clear();
    }
    return new StringFlaw(bytes.position(), "invalid UTF-8 in string", false);
  }

  private static @Nullable StringFlaw halfPair(byte[] json, int end) {
    int at = 0;
    while (at + ESCAPE <= end) {
      if (json[at] != '\\') {
        at++;
        continue;
      }
      int unit = unit(json, at);
      if (unit >= 0 && Character.isSurrogate((char) unit)) {
        int next = at + ESCAPE;
        if (next + ESCAPE > json.length) {
          return new StringFlaw(at, "unexpected EOF", true);
        }
        int second = unit(json, next);
        if (second < 0 || !Character.isSurrogatePair((char) unit, (char) second)) {
          return new StringFlaw(
              at, "invalid escape code " + quoted(json, next) + " in string", false);
        }
        at = next + ESCAPE;
      } else {
        at += 2; // what is escaped begins no escape
      }
    }
    return null;
  }

  /** What an escape of four digits stands for; -1 if it is another one, or none. */
  private static int unit(byte[] json, int at) {
    if (json[at] != '\\' || json[at + 1] != 'u') {
      return -1;
    }
    int unit = 0;
    for (int i = at + 2; i < at + ESCAPE; i++) {
      int digit = Character.digit(json[i], 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  /** As Go quotes the bytes where the other half ought to be. */
  private static String quoted(byte[] json, int at) {
    String text = new String(json, at, ESCAPE, ISO_8859_1);
    StringBuilder quoted = new StringBuilder("\"");
    text.chars()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            quoted.append('\\').append((char) c);
          } else if (c < ' ' || c > '~') {
            quoted.append("\\x%02x".formatted(c));
          } else {
            quoted.append((char) c);
          }
        });
    return quoted.append('"').toString();
  }
}

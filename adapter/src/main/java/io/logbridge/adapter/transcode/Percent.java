// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transcode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.logbridge.adapter.error.RequestException;
import java.io.ByteArrayOutputStream;

/** Percent-encoding (RFC 3986, 2.1), strictly. */
final class Percent {

  private Percent() {}

  /**
   * Decodes a text; a plus stays one.
   *
   * @param what it is, for the message
   * @throws RequestException {@code INVALID_ARGUMENT} if a percent sign is not followed by two
   *     hexadecimal digits
   */
  static String decode(String what, String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); ) {
      int next = text.indexOf('%', i);
      if (next == i) {
        bytes.write(octet(what, text, i));
        i += 3;
      } else {
        int end = next < 0 ? text.length() : next;
        bytes.writeBytes(text.substring(i, end).getBytes(UTF_8));
        i = end;
      }
    }
    return bytes.toString(UTF_8);
  }

  private static int octet(String what, String text, int at) {
    if (at + 3 <= text.length()) {
      int high = Character.digit(text.charAt(at + 1), 16);
      int low = Character.digit(text.charAt(at + 2), 16);
      if (high >= 0 && low >= 0) {
        return high << 4 | low;
      }
    }
    throw RequestException.invalid(
        what,
        text.substring(at, Math.min(at + 3, text.length())),
        "a percent sign and two hexadecimal digits");
  }
}

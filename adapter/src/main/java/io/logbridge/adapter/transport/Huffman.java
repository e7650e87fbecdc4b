// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

/**
 * Lengths in HPACK's Huffman code (<a href="https://www.rfc-editor.org/rfc/rfc7541#appendix-B">RFC
 * 7541, appendix B</a>), for two faults of Helidon's HPACK that only lengths are needed to avoid.
 */
final class Huffman {

  /** The printable characters by the length of their code, which is 5 bits for the first group. */
  private static final String[] PRINTABLE = {
    "012aceiost",
    " %-./3456789=A_bdfghlmnpru",
    ":BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz",
    "&*,;XZ",
    "",
    "!\"()?",
    "'+|",
    "#>",
    "$@[]~",
    "^}",
    "<`{"
  };

  private static final int SHORTEST = 5;
  static final int LONGEST = 30;

  /** How many codes there are of each length, from {@link #SHORTEST} to {@link #LONGEST} bits. */
  private static final int[] CODES = {
    10, 26, 32, 6, 0, 5, 3, 2, 6, 2, 3, 0, 0, 0, 3, 8, 13, 26, 29, 12, 4, 15, 19, 29, 0, 4
  };

  private Huffman() {}

  /** The length of the code of one character, in bits; what is not printable counts as longest. */
  static int bits(char c) {
    for (int i = 0; i < PRINTABLE.length; i++) {
      if (PRINTABLE[i].indexOf(c) >= 0) {
        return SHORTEST + i;
      }
    }
    return LONGEST;
  }

  /**
   * Whether the code of a text is no longer than the text. Helidon gives its encoder just that much
   * room, and fails on a header that needs more, with the status it was part of.
   */
  static boolean fits(String text) {
    long bits = 0;
    for (int i = 0; i < text.length(); i++) {
      bits += bits(text.charAt(i));
    }
    return bits <= 8L * text.length();
  }

  /** How many characters these bytes are the code of; padding is not counted. */
  static int decodedLength(byte[] bytes, int from, int length) {
    int characters = 0;
    int bits = 0;
    long code = 0;
    long first = 0;
    for (int i = 0; i < length * 8; i++) {
      code = code << 1 | (bytes[from + i / 8] >> (7 - i % 8) & 1);
      first <<= 1;
      bits++;
      int ofLength = bits < SHORTEST ? 0 : CODES[bits - SHORTEST];
      if (code - first < ofLength) {
        characters++;
        bits = 0;
        code = 0;
        first = 0;
      } else if (bits == LONGEST) {
        return characters; // no code: Helidon will refuse it
      } else {
        first += ofLength;
      }
    }
    return characters;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.http;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key in PEM. The JDK reads PKCS #8 only; cert-manager writes PKCS #1 by default, and
 * OpenSSL's {@code ecparam} writes SEC 1. Both are what PKCS #8 wraps, so we wrap them.
 */
final class PemKey {

  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final int PARAMETERS = 0xA0;
  private static final int LONG_FORM = 0x80;
  private static final byte[] VERSION_0 = HexFormat.of().parseHex("020100");
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

  private PemKey() {}

  /**
   * Reads the first private key of a file.
   *
   * @throws IllegalArgumentException if there is none that can be read
   */
  static PrivateKey parse(String pem) throws GeneralSecurityException {
    Matcher block = BLOCK.matcher(pem);
    if (!block.find()) {
      throw new IllegalArgumentException("no private key");
    }
    byte[] key = Base64.getMimeDecoder().decode(block.group(2));
    byte[] pkcs8 =
        switch (block.group(1)) {
          case "RSA PRIVATE KEY" -> wrap(RSA, key);
          case "EC PRIVATE KEY" -> wrap(der(SEQUENCE, EC, curve(key)), key);
          default -> key;
        };
    return decode(new PKCS8EncodedKeySpec(pkcs8));
  }

  private static PrivateKey decode(PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException _) {
        // A key of another algorithm.
      }
    }
    throw new IllegalArgumentException("a key of no known algorithm");
  }

  /**
   * PrivateKeyInfo.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc5208#section-5">RFC 5208, 5</a>
   */
  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return der(SEQUENCE, VERSION_0, algorithm, der(OCTET_STRING, key));
  }

  /**
   * The curve, which SEC 1 has behind the version and the number.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc5915#section-3">RFC 5915, 3</a>
   */
  private static byte[] curve(byte[] key) {
    int at = contentOf(key, 0);
    at = endOf(key, at);
    at = endOf(key, at);
    if (at >= key.length || (key[at] & 0xff) != PARAMETERS) {
      throw new IllegalArgumentException("a key without its curve");
    }
    return Arrays.copyOfRange(key, contentOf(key, at), endOf(key, at));
  }

  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length >= LONG_FORM) {
      out.write(LONG_FORM | 2);
      out.write(length >> 8);
    }
    out.write(length);
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static int contentOf(byte[] der, int at) {
    int first = byteAt(der, at + 1);
    return at + 2 + (first < LONG_FORM ? 0 : first - LONG_FORM);
  }

  private static int endOf(byte[] der, int at) {
    int first = byteAt(der, at + 1);
    int length = first < LONG_FORM ? first : 0;
    for (int i = 0; first > LONG_FORM && i < first - LONG_FORM; i++) {
      length = (length << 8) | byteAt(der, at + 2 + i);
    }
    return contentOf(der, at) + length;
  }

  private static int byteAt(byte[] der, int at) {
    if (at < 0 || at >= der.length) {
      throw new IllegalArgumentException("a key that is cut");
    }
    return der[at] & 0xff;
  }
}

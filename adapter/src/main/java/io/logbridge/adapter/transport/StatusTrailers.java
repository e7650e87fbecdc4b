// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;

/**
 * What is sent when a call ends, in the form and size that every client takes.
 *
 * <p>The message and the details together take at most {@link #MAX_STATUS} bytes (D11). Helidon
 * never returns, and holds the connection's write lock, when a single header does not fit into the
 * HPACK table of 4,096 bytes; it also wedges over 16 KiB of trailers, and grpc-java's client
 * refuses more than 8 KiB. Details that do not fit are left out whole, since half a protobuf is of
 * no use; then the message is cut.
 *
 * @param status with its description percent-encoded (D10)
 * @param trailers a copy; the handler's own are not touched
 */
record StatusTrailers(Status status, Metadata trailers) {

  static final int MAX_STATUS = 4_000;

  /** For all other trailers together; if they take more, or cannot be sent, all are left out. */
  static final int MAX_OTHERS = 3 << 10;

  static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private static final String CUT = "...";

  static StatusTrailers of(Status status, Metadata trailers) {
    String message = status.getDescription() == null ? "" : percentEncode(status.getDescription());
    byte[] details = trailers.get(DETAILS);
    Metadata sent = new Metadata();
    sent.merge(trailers);
    sent.discardAll(DETAILS);
    if (!isSendable(sent)) {
      sent = new Metadata();
    }
    if (details != null && message.length() + base64Length(details.length) <= MAX_STATUS) {
      sent.put(DETAILS, details);
    }
    Status encoded =
        status.getDescription() == null ? status : status.withDescription(shortened(message));
    return new StatusTrailers(encoded, sent);
  }

  /**
   * As the gRPC protocol wants it in {@code grpc-message}: all but printable ASCII is escaped, and
   * what is rare in text too if there is more of it than Helidon can send.
   */
  static String percentEncode(String message) {
    String encoded = percentEncode(message, Huffman.LONGEST);
    return Huffman.fits(encoded) ? encoded : percentEncode(message, 8);
  }

  private static String percentEncode(String message, int mostBits) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    StringBuilder encoded = new StringBuilder(bytes.length + 16);
    for (byte b : bytes) {
      if (b >= ' ' && b <= '~' && b != '%' && Huffman.bits((char) b) <= mostBits) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(hex(b >> 4)).append(hex(b));
      }
    }
    return encoded.toString();
  }

  private static char hex(int digit) {
    return Character.toUpperCase(Character.forDigit(digit & 0xF, 16));
  }

  private static String shortened(String encoded) {
    if (encoded.length() <= MAX_STATUS) {
      return encoded;
    }
    int end = MAX_STATUS - CUT.length();
    while (!startsCharacter(encoded, end)) {
      end--;
    }
    return encoded.substring(0, end) + CUT;
  }

  /** Whether a character of the original begins here: neither within an escape nor within UTF-8. */
  private static boolean startsCharacter(String encoded, int at) {
    if (encoded.charAt(at - 1) == '%' || encoded.charAt(at - 2) == '%') {
      return false;
    }
    boolean continuation = encoded.charAt(at) == '%' && "89AB".indexOf(encoded.charAt(at + 1)) >= 0;
    return !continuation;
  }

  /** Whether Helidon can send these headers or trailers, with a status beside them. */
  static boolean isSendable(Metadata metadata) {
    return size(metadata) <= MAX_OTHERS;
  }

  private static int size(Metadata metadata) {
    int size = 0;
    for (String name : metadata.keys()) {
      size +=
          name.endsWith(Metadata.BINARY_HEADER_SUFFIX)
              ? binary(metadata, name)
              : ascii(metadata, name);
    }
    return size;
  }

  private static int ascii(Metadata metadata, String name) {
    int size = 0;
    Iterable<String> values =
        metadata.getAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    if (values != null) {
      for (String value : values) {
        size += Huffman.fits(value) ? name.length() + value.length() : MAX_OTHERS + 1;
      }
    }
    return size;
  }

  private static int binary(Metadata metadata, String name) {
    int size = 0;
    Iterable<byte[]> values =
        metadata.getAll(Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER));
    if (values != null) {
      for (byte[] value : values) {
        size += name.length() + base64Length(value.length);
      }
    }
    return size;
  }

  private static int base64Length(int bytes) {
    return (bytes + 2) / 3 * 4;
  }
}

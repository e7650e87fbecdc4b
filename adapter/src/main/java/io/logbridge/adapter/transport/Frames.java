// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import java.util.Arrays;

/**
 * The numbers of HTTP/2 frames (<a href="https://www.rfc-editor.org/rfc/rfc9113#section-6">RFC
 * 9113, section 6</a>) that this layer looks at. Helidon's own types build and parse whole frames;
 * here only a few bytes of each are wanted.
 */
final class Frames {

  static final int HEADER_LENGTH = 9;
  static final int PREFACE_LENGTH = 24;

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GO_AWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int FLAG_END_STREAM = 1;
  static final int FLAG_ACK = 1;
  static final int FLAG_END_HEADERS = 4;
  static final int FLAG_PADDED = 8;
  static final int FLAG_PRIORITY = 32;

  static final int PRIORITY_LENGTH = 5;

  /** What a PING of this layer carries, to be known again. */
  private static final byte[] DRAINED = {'d', 'r', 'a', 'i', 'n', 'e', 'd', '!'};

  private Frames() {}

  /** Unsigned 24 bits at this offset. */
  static int uint24(byte[] bytes, int offset) {
    return ((bytes[offset] & 0xFF) << 16)
        | ((bytes[offset + 1] & 0xFF) << 8)
        | (bytes[offset + 2] & 0xFF);
  }

  /** Unsigned 31 bits at this offset; the reserved bit is left out. */
  static int uint31(byte[] bytes, int offset) {
    return ((bytes[offset] & 0x7F) << 24) | uint24(bytes, offset + 1);
  }

  /** An RST_STREAM frame with code CANCEL. */
  static byte[] cancel(int streamId) {
    byte[] frame = header(4, RST_STREAM, streamId, HEADER_LENGTH + 4);
    frame[frame.length - 1] = 8;
    return frame;
  }

  /** A GOAWAY frame with code NO_ERROR that accepts every stream opened so far. */
  static byte[] goAway() {
    byte[] frame = header(8, GO_AWAY, 0, HEADER_LENGTH + 8);
    frame[9] = 0x7F;
    frame[10] = (byte) 0xFF;
    frame[11] = (byte) 0xFF;
    frame[12] = (byte) 0xFF;
    return frame;
  }

  /** A PING whose answer means that the peer has taken all that was sent before. */
  static byte[] drainedPing() {
    byte[] frame = header(DRAINED.length, PING, 0, HEADER_LENGTH + DRAINED.length);
    System.arraycopy(DRAINED, 0, frame, HEADER_LENGTH, DRAINED.length);
    return frame;
  }

  /** Whether a frame answers {@link #drainedPing}. */
  static boolean answersDrainedPing(byte[] frame) {
    return frame[3] == PING
        && (frame[4] & FLAG_ACK) != 0
        && Arrays.equals(frame, HEADER_LENGTH, frame.length, DRAINED, 0, DRAINED.length);
  }

  private static byte[] header(int payload, int type, int streamId, int length) {
    byte[] frame = new byte[length];
    frame[2] = (byte) payload;
    frame[3] = (byte) type;
    frame[5] = (byte) (streamId >>> 24);
    frame[6] = (byte) (streamId >>> 16);
    frame[7] = (byte) (streamId >>> 8);
    frame[8] = (byte) streamId;
    return frame;
  }
}

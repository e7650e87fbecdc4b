// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Reads the five bytes before each gRPC request message (<a
 * href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md">PROTOCOL-HTTP2</a>) ahead
 * of Helidon, which answers a message that is too large or compressed with no status at all (D12).
 *
 * <p>For one thread, the stream's.
 */
final class RequestPrefixes {

  private static final int LENGTH = 5;

  private final int maxMessageSize;
  private final byte[] prefix = new byte[LENGTH];
  private int prefixRead;
  private long messageLeft;

  RequestPrefixes(int maxMessageSize) {
    this.maxMessageSize = maxMessageSize;
  }

  /** Reads on; the status to refuse the call with, or null if all is well. */
  @Nullable Status read(byte[] data) {
    int at = 0;
    while (at < data.length) {
      if (messageLeft > 0) {
        int skipped = (int) Math.min(messageLeft, data.length - at);
        at += skipped;
        messageLeft -= skipped;
        continue;
      }
      prefix[prefixRead++] = data[at++];
      if (prefixRead == LENGTH) {
        prefixRead = 0;
        Status refusal = begin();
        if (refusal != null) {
          return refusal;
        }
      }
    }
    return null;
  }

  private @Nullable Status begin() {
    if (prefix[0] != 0) {
      return Status.UNIMPLEMENTED.withDescription(
          "a request message is compressed (expected: grpc-encoding identity)");
    }
    messageLeft = ((prefix[1] & 0xFFL) << 24) | Frames.uint24(prefix, 2);
    if (messageLeft > maxMessageSize) {
      return Status.RESOURCE_EXHAUSTED.withDescription(
          // The words of grpc-go, which clients of Tekton Results know.
          "grpc: received message larger than max (%d vs. %d)"
              .formatted(messageLeft, maxMessageSize));
    }
    return null;
  }
}

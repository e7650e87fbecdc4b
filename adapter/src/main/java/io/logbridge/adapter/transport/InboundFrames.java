// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands Helidon the peer's bytes one frame at a time, reports each to {@link Http2Streams} first,
 * and keeps back the resets that Helidon cannot bear.
 *
 * <p>Helidon asks for the next frame when it is done with the one before, so that is when a
 * WINDOW_UPDATE has taken effect.
 *
 * <p>When the connection ends, Helidon's threads that wait for the rest of a request would wait for
 * ever; each gets a last RST_STREAM.
 *
 * <p>For one thread, the connection's. Frames are copied: requests are small here.
 */
final class InboundFrames implements Supplier<byte @Nullable []> {

  /** What Helidon accepts by default; a longer frame is refused by its header. */
  private static final int MAX_PAYLOAD = 16_384;

  private final DataReader source;
  private final Http2Streams streams;
  private final HeaderBlocks headerBlocks;
  private final Deque<byte[]> lastFrames = new ArrayDeque<>();
  private @Nullable Runnable whenApplied;
  private @Nullable RuntimeException failure;
  private boolean prefaceRead;
  private boolean ended;

  InboundFrames(DataReader source, Http2Streams streams, int maxHeaderSize) {
    this.source = source;
    this.streams = streams;
    this.headerBlocks = new HeaderBlocks(maxHeaderSize);
  }

  /** The next frame, or null at the end. */
  @Override
  public byte @Nullable [] get() {
    if (whenApplied != null) {
      whenApplied.run();
      whenApplied = null;
    }
    if (!ended) {
      try {
        byte[] frame = next();
        if (!Frames.answersDrainedPing(frame) || !streams.isEmpty()) {
          return frame;
        }
        end(null); // stopping, and the peer has everything
      } catch (DataReader.InsufficientDataAvailableException _) {
        end(null);
      } catch (UncheckedIOException | CloseConnectionException e) {
        end(e);
      }
    }
    byte[] last = lastFrames.poll();
    if (last == null && failure != null) {
      throw failure;
    }
    return last;
  }

  private void end(@Nullable RuntimeException cause) {
    ended = true;
    failure = cause;
    streams.awaitingRequest().forEach(id -> lastFrames.add(Frames.cancel(id)));
    streams.disconnected();
  }

  private byte[] next() {
    if (!prefaceRead) {
      prefaceRead = true;
      return source.readBytes(Frames.PREFACE_LENGTH);
    }
    while (true) {
      Integer abandoned = streams.nextAbandoned();
      if (abandoned != null) {
        return Frames.cancel(abandoned);
      }
      byte[] frame = readFrame();
      if (report(frame)) {
        return frame;
      }
    }
  }

  private byte[] readFrame() {
    byte[] header = source.readBytes(Frames.HEADER_LENGTH);
    int length = Frames.uint24(header, 0);
    if (length == 0 || length > MAX_PAYLOAD) {
      return header;
    }
    byte[] frame = Arrays.copyOf(header, Frames.HEADER_LENGTH + length);
    byte[] payload = source.readBytes(length);
    System.arraycopy(payload, 0, frame, Frames.HEADER_LENGTH, length);
    return frame;
  }

  /** Whether Helidon is to see the frame. */
  private boolean report(byte[] frame) {
    int type = frame[3];
    int id = Frames.uint31(frame, 5);
    switch (type) {
      case Frames.HEADERS -> {
        headerBlocks.received(frame);
        streams.receivedHeaders(id, endsRequest(frame));
      }
      case Frames.CONTINUATION -> headerBlocks.received(frame);
      case Frames.DATA -> {
        if (endsRequest(frame)) {
          streams.receivedEnd(id);
        }
      }
      case Frames.RST_STREAM -> {
        return streams.receivedReset(id);
      }
      case Frames.WINDOW_UPDATE -> {
        if (frame.length == Frames.HEADER_LENGTH + 4) {
          int increment = Frames.uint31(frame, Frames.HEADER_LENGTH);
          whenApplied = () -> streams.windowUpdated(id, increment);
        }
      }
      case Frames.SETTINGS -> {
        if ((frame[4] & Frames.FLAG_ACK) == 0) {
          whenApplied = streams::settingsApplied;
        }
      }
      default -> {}
    }
    return true;
  }

  private static boolean endsRequest(byte[] frame) {
    return (frame[4] & Frames.FLAG_END_STREAM) != 0;
  }
}

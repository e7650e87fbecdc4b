// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reports the frames that Helidon writes to {@link Http2Streams}, and can write one of its own
 * between them. Helidon writes one whole frame per call, one call at a time.
 *
 * <p>A response of one message is headers, data and trailers, one right after the other. Each as a
 * write of its own would cost three calls of the system here and wake the peer three times, which
 * is more than the rest of a short call. So what precedes the end of such a response is kept back
 * until the next frame of any stream is written, in order, since header blocks build on those
 * before them. Whoever has to wait for the peer calls {@link #writeKept} first.
 *
 * <p>Thread-safe.
 */
final class OutboundFrames implements DataWriter {

  /** More than this is not kept back. */
  private static final int MOST_KEPT = 32 << 10;

  /** As much memory a connection holds between answers. */
  private static final int MOST_HELD = 8 << 10;

  private final DataWriter target;
  private final Http2Streams streams;
  private final Runnable streamEnded;
  private final ReentrantLock lock = new ReentrantLock();
  private ByteArrayOutputStream kept = new ByteArrayOutputStream();

  /**
   * A writer that reports.
   *
   * @param streamEnded runs after a frame that ends a response was written
   */
  OutboundFrames(DataWriter target, Http2Streams streams, Runnable streamEnded) {
    this.target = target;
    this.streams = streams;
    this.streamEnded = streamEnded;
  }

  @Override
  public void write(BufferData... buffers) {
    write(BufferData.create(buffers));
  }

  @Override
  public void write(BufferData buffer) {
    writeNow(buffer);
  }

  @Override
  public void writeNow(BufferData... buffers) {
    writeNow(BufferData.create(buffers));
  }

  @Override
  public void writeNow(BufferData frame) {
    int type = frame.get(3);
    boolean ofResponse = type == Frames.HEADERS || type == Frames.DATA;
    boolean endsResponse = ofResponse && (frame.get(4) & Frames.FLAG_END_STREAM) != 0;
    if (!report(frame, type, endsResponse)) {
      return;
    }
    if (ofResponse && !endsResponse && streams.isAnsweredOnce(streamId(frame))) {
      keep(frame);
    } else {
      locked(frame);
    }
    if (endsResponse) {
      streamEnded.run();
    }
  }

  /** Tells the peer to open no more streams; those that are open go on. */
  void writeGoAway() {
    locked(BufferData.create(Frames.goAway()));
  }

  /** Asks the peer whether it has taken everything. */
  void writeDrainedPing() {
    locked(BufferData.create(Frames.drainedPing()));
  }

  @Override
  public void flush() {
    target.flush();
  }

  @Override
  public void close() {
    target.close();
  }

  /**
   * Reports before the write: as soon as the frame is out the peer may react to it.
   *
   * @return whether the frame is to be written
   */
  private boolean report(BufferData frame, int type, boolean endsResponse) {
    if (type == Frames.RST_STREAM) {
      return streams.resetting(streamId(frame));
    }
    if (type == Frames.DATA) {
      streams.window().spent(frame.available() - Frames.HEADER_LENGTH);
    }
    if (endsResponse) {
      streams.responseEnding(streamId(frame));
    }
    return true;
  }

  /** Writes what is kept back, if anything is. */
  void writeKept() {
    locked(BufferData.empty());
  }

  private void keep(BufferData frame) {
    lock.lock();
    try {
      frame.writeTo(kept);
      if (kept.size() > MOST_KEPT) {
        writeWithKept(BufferData.empty());
      }
    } finally {
      lock.unlock();
    }
  }

  private void locked(BufferData frame) {
    lock.lock();
    try {
      writeWithKept(frame);
    } finally {
      lock.unlock();
    }
  }

  private void writeWithKept(BufferData frame) {
    if (kept.size() > 0) {
      frame.writeTo(kept);
      byte[] frames = kept.toByteArray();
      if (frames.length > MOST_HELD) {
        kept = new ByteArrayOutputStream();
      } else {
        kept.reset();
      }
      target.writeNow(BufferData.create(frames));
    } else if (frame.available() > 0) {
      target.writeNow(frame);
    }
  }

  private static int streamId(BufferData frame) {
    byte[] id = new byte[4];
    for (int i = 0; i < id.length; i++) {
      id[i] = (byte) frame.get(5 + i);
    }
    return Frames.uint31(id, 0);
  }
}

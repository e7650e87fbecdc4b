// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reports the frames that Helidon writes to {@link Http2Streams}, and can write one of its own
 * between them. Helidon writes one whole frame per call, one call at a time.
 *
 * <p>Thread-safe.
 */
final class OutboundFrames implements DataWriter {

  private final DataWriter target;
  private final Http2Streams streams;
  private final Runnable streamEnded;
  private final ReentrantLock lock = new ReentrantLock();

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
    boolean endsResponse =
        (type == Frames.HEADERS || type == Frames.DATA)
            && (frame.get(4) & Frames.FLAG_END_STREAM) != 0;
    if (!report(frame, type, endsResponse)) {
      return;
    }
    locked(frame);
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

  private void locked(BufferData frame) {
    lock.lock();
    try {
      target.writeNow(frame);
    } finally {
      lock.unlock();
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

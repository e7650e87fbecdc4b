// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Breaks off a stream that grows too long. */
public final class BoundedInputStream extends FilterInputStream {

  private final long limit;
  private long count;

  /** The stream is longer than its limit. */
  public static final class ExceededException extends IOException {

    private static final long serialVersionUID = 1L;

    private ExceededException(long limit) {
      super("length: more than " + limit + " (expected: at most that)");
    }
  }

  /** At most {@code limit} bytes of another stream. */
  public BoundedInputStream(InputStream in, long limit) {
    super(in);
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    count(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    count(Math.max(0, read));
    return read;
  }

  /** Whether the stream was too long: a parser may wrap or hide the exception. */
  boolean isExceeded() {
    return count > limit;
  }

  private void count(int read) throws ExceededException {
    count += read;
    if (isExceeded()) {
      throw new ExceededException(limit);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.http.Pieces;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.http.ContentTooLongException;
import org.apache.http.entity.AbstractHttpEntity;
import org.apache.http.nio.ContentDecoder;

/** The body of an answer, kept in pieces. */
final class PiecedEntity extends AbstractHttpEntity {

  private final int limit;
  private final Pieces pieces = new Pieces();

  /**
   * An empty body.
   *
   * @param limit how long it may become
   */
  PiecedEntity(int limit) {
    this.limit = limit;
  }

  /**
   * Takes what there is to read now.
   *
   * @throws ContentTooLongException if that is too much
   */
  void read(ContentDecoder decoder) throws IOException {
    int read;
    do {
      read = decoder.read(pieces.room());
      check(pieces.length());
    } while (read > 0);
  }

  /**
   * Checks a length that has been announced.
   *
   * @throws ContentTooLongException if it is too much
   */
  void check(long announced) throws ContentTooLongException {
    if (announced > limit) {
      throw new ContentTooLongException("length: " + announced + " (expected: <= " + limit + ")");
    }
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public boolean isStreaming() {
    return false;
  }

  @Override
  public long getContentLength() {
    return pieces.length();
  }

  /** From the beginning; can be marked, tells all that is left as available, and never blocks. */
  @Override
  public InputStream getContent() {
    return pieces.content();
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    getContent().transferTo(out);
  }
}

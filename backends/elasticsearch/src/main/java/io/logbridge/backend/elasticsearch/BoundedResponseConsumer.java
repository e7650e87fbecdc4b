// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.http.ContentTooLongException;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.protocol.AbstractAsyncResponseConsumer;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an answer in memory until it is whole, and breaks off one that is too long. The low-level
 * client's own consumer looks at {@code Content-Length} only, which a chunked answer has not.
 */
final class BoundedResponseConsumer extends AbstractAsyncResponseConsumer<HttpResponse> {

  private static final int CHUNK = 16 * 1024;

  private final int limit;
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
  private ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private @Nullable HttpResponse response;
  private @Nullable HttpEntity announced;

  BoundedResponseConsumer(int limit) {
    this.limit = limit;
  }

  @Override
  protected void onResponseReceived(HttpResponse received) {
    response = received;
  }

  @Override
  protected void onEntityEnclosed(HttpEntity entity, ContentType contentType) throws IOException {
    check(entity.getContentLength());
    body = new ByteArrayOutputStream((int) Math.max(CHUNK, entity.getContentLength()));
    announced = entity;
  }

  @Override
  protected void onContentReceived(ContentDecoder decoder, IOControl control) throws IOException {
    int read;
    while ((read = decoder.read(chunk.clear())) > 0) {
      check((long) body.size() + read);
      body.write(chunk.array(), 0, read);
    }
  }

  private void check(long length) throws ContentTooLongException {
    if (length > limit) {
      throw new ContentTooLongException("length: " + length + " (expected: <= " + limit + ")");
    }
  }

  @Override
  protected @Nullable HttpResponse buildResult(HttpContext context) {
    if (response != null && announced != null) {
      ByteArrayEntity entity = new ByteArrayEntity(body.toByteArray());
      entity.setContentType(announced.getContentType());
      entity.setContentEncoding(announced.getContentEncoding());
      response.setEntity(entity);
    }
    return response;
  }

  @Override
  protected void releaseResources() {
    response = null;
    announced = null;
    body = new ByteArrayOutputStream(0);
  }
}

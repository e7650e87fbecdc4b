// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import java.io.IOException;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
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

  private final int limit;
  private PiecedEntity body;
  private @Nullable HttpResponse response;
  private @Nullable HttpEntity announced;

  BoundedResponseConsumer(int limit) {
    this.limit = limit;
    this.body = new PiecedEntity(limit);
  }

  @Override
  protected void onResponseReceived(HttpResponse received) {
    response = received;
  }

  @Override
  protected void onEntityEnclosed(HttpEntity entity, ContentType contentType) throws IOException {
    body.check(entity.getContentLength());
    announced = entity;
  }

  @Override
  protected void onContentReceived(ContentDecoder decoder, IOControl control) throws IOException {
    body.read(decoder);
  }

  @Override
  protected @Nullable HttpResponse buildResult(HttpContext context) {
    if (response != null && announced != null) {
      body.setContentType(announced.getContentType());
      body.setContentEncoding(announced.getContentEncoding());
      response.setEntity(body);
    }
    return response;
  }

  @Override
  protected void releaseResources() {
    response = null;
    announced = null;
    body = new PiecedEntity(limit);
  }
}

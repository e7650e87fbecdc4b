// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import com.google.api.HttpBody;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.logbridge.adapter.stream.CallScope;
import io.logbridge.adapter.stream.CancelledException;
import io.logbridge.adapter.stream.LogFormat;
import io.logbridge.adapter.stream.LogSink;

/**
 * Sends chunks as messages. {@code onNext} blocks on the HTTP/2 window: that is the back-pressure.
 */
final class GrpcLogSink implements LogSink {

  private static final Metadata.Key<String> WARNING =
      Metadata.Key.of(LogResponses.WARNING, Metadata.ASCII_STRING_MARSHALLER);

  private final StreamObserver<HttpBody> observer;
  private final CallScope scope;
  private LogFormat format = LogFormat.TEXT;
  private long bytes;

  GrpcLogSink(StreamObserver<HttpBody> observer, CallScope scope) {
    this.observer = observer;
    this.scope = scope;
  }

  /** Says in which form the log comes, before it does. */
  void comesAs(LogFormat form) {
    format = form;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public void warn(String warning) {
    CallMetadata.current().trailers().put(WARNING, warning);
  }

  @Override
  public void write(byte[] chunk) {
    scope.throwIfCancelled();
    try {
      observer.onNext(
          HttpBody.newBuilder()
              .setContentType(contentType())
              .setData(UnsafeByteOperations.unsafeWrap(chunk))
              .build());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.CANCELLED) {
        throw new CancelledException("the client has cancelled the call", e);
      }
      throw e;
    }
    bytes += chunk.length;
  }

  /** Text has no charset, as Tekton Results sends it. */
  private String contentType() {
    return switch (format) {
      case TEXT -> "text/plain";
      case NDJSON -> format.contentType();
    };
  }
}

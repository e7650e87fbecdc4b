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
import io.logbridge.adapter.stream.LogOptions;
import io.logbridge.adapter.stream.LogSink;
import java.util.Arrays;

/**
 * Sends chunks as messages. {@code onNext} blocks on the HTTP/2 window: that is the back-pressure.
 *
 * <p>A log that fits into one message is one, though it comes in the chunks of several containers:
 * {@code tkn-results logs get} prints the first message and no other. So the first chunks are held
 * until they are more than a message or the log is over, unless the client follows.
 */
final class GrpcLogSink implements LogSink, AutoCloseable {

  /** The size of the messages of Tekton Results. */
  private static final int MESSAGE_BYTES = 32 * 1024;

  private static final byte[] NOTHING = {};

  private static final Metadata.Key<String> WARNING =
      Metadata.Key.of(LogResponses.WARNING, Metadata.ASCII_STRING_MARSHALLER);

  private final StreamObserver<HttpBody> observer;
  private final CallScope scope;
  private LogFormat format = LogFormat.TEXT;
  private boolean holding;
  private byte[] held = NOTHING;
  private long bytes;

  GrpcLogSink(StreamObserver<HttpBody> observer, CallScope scope) {
    this.observer = observer;
    this.scope = scope;
  }

  /** Says what the client wants, before the log comes. */
  void begins(LogOptions options) {
    format = options.format();
    holding = !options.follow();
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
    if (holding && held.length + chunk.length <= MESSAGE_BYTES) {
      hold(chunk);
      return;
    }
    holding = false;
    close();
    send(chunk);
  }

  private void hold(byte[] chunk) {
    byte[] longer = Arrays.copyOf(held, held.length + chunk.length);
    System.arraycopy(chunk, 0, longer, held.length, chunk.length);
    held = longer;
  }

  /** Sends what is held. */
  @Override
  public void close() {
    if (held.length > 0) {
      byte[] message = held;
      held = NOTHING;
      send(message);
    }
  }

  private void send(byte[] chunk) {
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

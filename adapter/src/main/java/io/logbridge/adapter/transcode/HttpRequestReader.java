// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transcode;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.transcode.HttpBindings.Found;

/** Makes the request of an RPC from an HTTP request. */
public final class HttpRequestReader {

  private HttpRequestReader() {}

  /**
   * Reads a request: first its body, then the query, and the path at last, which wins over both.
   *
   * @param prototype the request's default instance
   * @param body in JSON; empty for an empty message; ignored where the RPC has none
   * @throws RequestException {@code INVALID_ARGUMENT} naming what cannot be read
   */
  public static <Q extends Message> Q read(Q prototype, Found rpc, QueryString query, byte[] body) {
    Message.Builder request = prototype.newBuilderForType();
    HttpBinding binding = rpc.binding();
    FieldDescriptor field = binding.body();
    if (field != null) {
      // The field is there even if the body is not: an empty body is an empty message.
      ProtoJsonReader.read(body, request.getFieldBuilder(field), binding.refusesUnknownFields());
    }
    QueryParameters.set(request, query, binding);
    rpc.fields().forEach((path, value) -> set(request, path, value));
    @SuppressWarnings("unchecked") // a message's own builder builds its own type
    Q built = (Q) request.build();
    return built;
  }

  private static void set(Message.Builder message, String path, String value) {
    int dot = path.indexOf('.');
    FieldDescriptor field =
        message.getDescriptorForType().findFieldByName(dot < 0 ? path : path.substring(0, dot));
    if (dot < 0) {
      message.setField(field, value);
    } else {
      set(message.getFieldBuilder(field), path.substring(dot + 1), value);
    }
  }
}

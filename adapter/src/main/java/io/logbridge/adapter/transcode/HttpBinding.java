// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transcode;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.FieldMask;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One RPC as HTTP offers it.
 *
 * @param verb {@code GET}, {@code POST}, {@code PATCH} or {@code DELETE}
 * @param body the field of the request that the body holds; {@code null} if the body is ignored
 */
public record HttpBinding(
    MethodDescriptor method, String verb, PathTemplate path, @Nullable FieldDescriptor body) {

  /** The HTTP rule of an RPC; empty if HTTP does not offer it. */
  static Optional<HttpBinding> of(MethodDescriptor method) {
    if (!method.getOptions().hasExtension(AnnotationsProto.http)) {
      return Optional.empty();
    }
    HttpRule rule = method.getOptions().getExtension(AnnotationsProto.http);
    return Optional.of(
        switch (rule.getPatternCase()) {
          case GET -> of(method, "GET", rule.getGet(), rule);
          case POST -> of(method, "POST", rule.getPost(), rule);
          case PATCH -> of(method, "PATCH", rule.getPatch(), rule);
          case DELETE -> of(method, "DELETE", rule.getDelete(), rule);
          case PUT, CUSTOM, PATTERN_NOT_SET ->
              throw new IllegalArgumentException(
                  method.getFullName()
                      + ": "
                      + rule.getPatternCase()
                      + " (expected: GET, POST, PATCH or DELETE)");
        });
  }

  private static HttpBinding of(MethodDescriptor method, String verb, String path, HttpRule rule) {
    return new HttpBinding(
        method,
        verb,
        PathTemplate.parse(path),
        rule.getBody().isEmpty() ? null : method.getInputType().findFieldByName(rule.getBody()));
  }

  /**
   * Whether a body with a field that does not exist is refused. grpc-gateway ignores such fields,
   * but not where it makes the {@code update_mask} of a patch from the body.
   */
  boolean refusesUnknownFields() {
    return verb.equals("PATCH")
        && method.getInputType().getFields().stream()
            .anyMatch(field ->
                field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    && field.getMessageType().equals(FieldMask.getDescriptor()));
  }
}

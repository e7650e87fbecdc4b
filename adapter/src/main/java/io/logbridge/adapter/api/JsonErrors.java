// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import tools.jackson.databind.json.JsonMapper;

/** Error bodies as grpc-gateway writes them: {@code {"code":5,"message":"record not found"}}. */
public final class JsonErrors {

  private static final JsonMapper JSON = new JsonMapper();

  private JsonErrors() {}

  static String body(Failure failure) {
    return JSON.writeValueAsString(
        JSON.createObjectNode()
            .put("code", failure.code().getNumber())
            .put("message", failure.message()));
  }

  /** The object that ends a log of JSON lines which is not complete. */
  public static String line(Failure failure) {
    return JSON.writeValueAsString(
        JSON.createObjectNode()
            .put("type", "error")
            .put("code", failure.code().name())
            .put("text", failure.message()));
  }
}

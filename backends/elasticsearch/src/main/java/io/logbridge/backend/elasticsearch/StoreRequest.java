// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import co.elastic.clients.util.BinaryData;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param name what it is for, in words for a message: {@code search}
 * @param path encoded
 * @param body JSON, or {@code null} for none
 */
record StoreRequest(
    String name,
    String method,
    String path,
    Map<String, String> parameters,
    @Nullable BinaryData body) {}

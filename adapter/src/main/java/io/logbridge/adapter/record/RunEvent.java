// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * A Kubernetes event about a run or about one of its pods.
 *
 * @param time when it happened last
 * @param type {@code Normal} or {@code Warning}
 * @param kind of the object that it is about: {@code Pod}
 * @param name of that object
 * @param object the event as Kubernetes had it, without kind and API version
 */
public record RunEvent(
    Instant time,
    String type,
    String reason,
    String kind,
    String name,
    String message,
    JsonNode object) {}

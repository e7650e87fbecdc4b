// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo.history;

import java.util.List;
import java.util.Map;

/** A pod, gone by now. */
public record Pod(
    String namespace,
    String name,
    String uid,
    Map<String, String> labels,
    List<Container> containers) {}

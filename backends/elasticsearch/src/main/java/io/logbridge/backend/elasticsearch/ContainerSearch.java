// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogQuery.Direction;
import io.logbridge.backend.paging.Window;

/**
 * What a reader searches for.
 *
 * @param target the indices, whose mapping the plan is for
 */
record ContainerSearch(
    ContainerRef container,
    Window window,
    Direction direction,
    IndexTarget target,
    FieldMapping mapping,
    FieldPlan plan) {}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object of Kubernetes as a record has it.
 *
 * @param namespace the parent of the record, whatever the object says
 * @param data the object; empty if the record has none
 * @param updated when the record was written last, to the microsecond
 * @param position of the record in lists
 */
public record ArchivedObject(
    String namespace, ObjectNode data, Instant updated, Keyset.Position position) {}

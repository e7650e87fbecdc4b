// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
/**
 * What shippers make of a line on its way to a store, and how to get the line back.
 *
 * <p>{@link io.logbridge.backend.shipped.FieldPreset} knows where each shipper puts what we need;
 * {@link io.logbridge.backend.shipped.DocumentReader} reads it from a document of JSON, {@link
 * io.logbridge.backend.shipped.LineDecoder} from a stored text that may be such a document, {@code
 * key=value} pairs, or the line itself.
 */
@NullMarked
package io.logbridge.backend.shipped;

import org.jspecify.annotations.NullMarked;

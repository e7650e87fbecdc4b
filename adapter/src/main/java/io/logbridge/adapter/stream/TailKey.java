// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What calls must have in common to share what is read of a container.
 *
 * @param caller in whose name the store is asked, which is another one for each call: what it gives
 *     to one it might refuse another; {@code null} where it is asked in ours
 */
record TailKey(ContainerRef container, @Nullable Secret caller) {}

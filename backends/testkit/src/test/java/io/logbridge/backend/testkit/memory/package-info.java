// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
/**
 * A backend for a store in memory, which proves the contract: the contract's own tests run on it.
 *
 * <p>The store answers HTTP, so that every fault is a real one.
 */
@NullMarked
package io.logbridge.backend.testkit.memory;

import org.jspecify.annotations.NullMarked;

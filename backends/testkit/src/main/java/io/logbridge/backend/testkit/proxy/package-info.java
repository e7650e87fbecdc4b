// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
/** An HTTP proxy that puts faults between a backend and its store, and watches both. */
@NullMarked
package io.logbridge.backend.testkit.proxy;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
/** Logbridge with everything around it that it needs, started by one command. */
@NullMarked
package io.logbridge.demo;

import org.jspecify.annotations.NullMarked;

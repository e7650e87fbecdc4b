// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
/** Finds out whether everything that a server needs is there, before users do. */
@NullMarked
package io.logbridge.adapter.check;

import org.jspecify.annotations.NullMarked;

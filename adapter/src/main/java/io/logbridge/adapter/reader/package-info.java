// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
/** The command-line reader: a client of the server's REST API. Knows nothing of the server. */
@NullMarked
package io.logbridge.adapter.reader;

import org.jspecify.annotations.NullMarked;

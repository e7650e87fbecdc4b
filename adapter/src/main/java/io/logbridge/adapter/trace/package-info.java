// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
/** Spans of OpenTelemetry: of calls, of what they ask of the store, the database and Kubernetes. */
@NullMarked
package io.logbridge.adapter.trace;

import org.jspecify.annotations.NullMarked;

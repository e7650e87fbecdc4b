// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.adapter.record.LogName;

/**
 * What calls must have in common to share what is read of a run's records.
 *
 * @param events whether those of its events are read as well
 */
record RunKey(LogName name, boolean events) {}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.TimeRange;

/**
 * A part of a run's log: what one container wrote while one attempt of a TaskRun ran.
 *
 * @param container whose log
 * @param range when the attempt ran, with the margins that clocks and forwarders need
 * @param label what stands in brackets before its lines: {@code build}, {@code compile : build}
 */
record ContainerLog(ContainerRef container, TimeRange range, String label) {}

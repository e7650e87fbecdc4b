// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * A part of a run's log: what one container wrote while one attempt of a TaskRun ran.
 *
 * @param container whose log
 * @param range when the attempt ran, with the margins that clocks and forwarders need
 * @param task its name in the pipeline; {@code null} if the log is that of a single TaskRun
 * @param step the container's name in the Task: {@code build}
 */
record ContainerLog(ContainerRef container, TimeRange range, @Nullable String task, String step) {

  /** What stands in brackets before its lines: {@code build}, {@code compile : build}. */
  String label() {
    return task == null ? step : task + " : " + step;
  }
}

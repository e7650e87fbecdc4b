// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.adapter.record.LogName;
import io.logbridge.adapter.record.Run.Attempt;
import io.logbridge.adapter.record.Run.Container;
import io.logbridge.adapter.record.Run.TaskRun;
import java.util.List;

/**
 * A pod that a record knows.
 *
 * @param log of the run that the pod was of
 * @param run with the attempt that ran in the pod
 */
public record FoundPod(String namespace, String pod, LogName log, TaskRun run) {

  /** The containers that the record names: steps in order, then sidecars. */
  public List<String> containers() {
    return attempt().containers().stream().map(Container::name).toList();
  }

  Attempt attempt() {
    return run.attempts().stream()
        .filter(candidate -> candidate.pod().equals(pod))
        .findFirst()
        .orElseThrow();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo.history;

/**
 * A record that leads to a TaskRun's log.
 *
 * @param kind which of the two that exist
 */
public record LogRecord(Kind kind, TaskRun taskRun) {

  /** Who writes records of logs, and how. */
  public enum Kind {
    /** The watcher of Tekton Results. */
    LOG("results.tekton.dev/v1alpha3", "Log"),
    /**
     * The proposal for logs that others ship.
     *
     * @see <a
     *     href="https://github.com/tektoncd/community/blob/main/teps/0117-tekton-results-logs.md">TEP-0117</a>
     */
    TASK_RUN_LOG("results.tekton.dev/v1alpha2", "TaskRunLog");

    private final String apiVersion;
    private final String kind;

    Kind(String apiVersion, String kind) {
      this.apiVersion = apiVersion;
      this.kind = kind;
    }

    public String apiVersion() {
      return apiVersion;
    }

    public String kind() {
      return kind;
    }
  }

  public String uid() {
    return Uids.of(kind.kind() + "/" + taskRun.name());
  }
}

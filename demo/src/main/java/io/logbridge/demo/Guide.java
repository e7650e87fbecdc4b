// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import io.logbridge.demo.history.History;
import io.logbridge.demo.history.PipelineRun;
import io.logbridge.demo.history.Pod;
import io.logbridge.demo.history.TaskRun;
import java.util.List;

/** What the demo says when it is ready. */
final class Guide {

  /** The program that asks over gRPC; printed as it is called from where the demo was started. */
  private final String getLog;

  private final DemoEnvironment demo;

  Guide(DemoEnvironment demo, String getLog) {
    this.demo = demo;
    this.getLog = getLog;
  }

  /** The commands to try; they work when pasted as they are. */
  List<String> commands() {
    History history = demo.history();
    TaskRun longest = history.taskRun("nightly-load-test-4c8vq");
    PipelineRun failed = history.pipelineRun("shop-api-pr-412-x9d4m");
    return List.of(
        "curl -s " + rest(history.logName(longest)),
        getLog + " 127.0.0.1:" + demo.port() + " " + History.logName(failed),
        kubectl(failed.taskRuns().getLast().attempts().getLast().pod()));
  }

  /** No credential is needed, so plain HTTP will do, over which kubectl sends none. */
  private String kubectl(Pod pod) {
    return "kubectl --server http://127.0.0.1:%d/kube -n %s logs %s -c %s --tail=8 --timestamps"
        .formatted(demo.port(), pod.namespace(), pod.name(), pod.containers().getLast().name());
  }

  private String rest(String logName) {
    return "http://127.0.0.1:"
        + demo.port()
        + "/apis/results.tekton.dev/v1alpha3/parents/"
        + logName;
  }

  String text() {
    List<String> commands = commands();
    String operations = "http://127.0.0.1:" + demo.operationsPort();
    return """

    Ready. No pod of these runs exists any more, but their logs do.
    %s
    The log of a TaskRun, %,d lines, over REST:
      %s

    The log of a PipelineRun that failed, over gRPC:
      %s

    The last lines of the step that failed, and when they were written, from its pod:
      %s

    Metrics        %s/metrics
    Health         %s/health
    Configuration  %s

    Everybody on this machine can read these logs: the demo runs without authentication.
    Ctrl-C stops everything and leaves nothing behind.
    """
        .formatted(
            demo.backend().note(),
            demo.history()
                .taskRun("nightly-load-test-4c8vq")
                .attempts()
                .getFirst()
                .pod()
                .containers()
                .getFirst()
                .size(),
            commands.get(0),
            commands.get(1),
            commands.get(2),
            operations,
            operations,
            demo.configuration());
  }
}

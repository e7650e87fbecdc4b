// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerResponse;
import io.logbridge.adapter.api.AcceptedFormat;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.kube.KubePath.Objects;
import io.logbridge.adapter.stream.CallScope;
import io.logbridge.adapter.stream.FoundPod;
import io.logbridge.adapter.stream.LogOptions;
import io.logbridge.adapter.stream.LogPlan;
import io.logbridge.adapter.stream.LogService;
import io.logbridge.adapter.transcode.QueryString;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * {@code pods/log}, with the semantics and the words of the kubelet.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#get-read-log-of-the-specified-pod">Pod
 *     log parameters</a>
 */
final class PodLogs {

  /** Those of Tekton, which are in no status of a TaskRun. */
  private static final Set<String> INIT_CONTAINERS =
      Set.of("prepare", "place-scripts", "working-dir-initializer");

  private final LogService logs;
  private final KubeLog sending;
  private final InstantSource clock;

  PodLogs(LogService logs, InstantSource clock) {
    this.logs = logs;
    this.sending = new KubeLog(logs);
    this.clock = clock;
  }

  /**
   * Answers with the log.
   *
   * @param log which, as its path names it
   * @throws RequestException if there is no such pod or container, or the options are wrong
   */
  void send(Objects log, KubeCall call) {
    LogPlan plan = plan(log, call);
    warn(plan, call.response());
    sending.send(plan, log, call);
  }

  private LogPlan plan(Objects log, KubeCall call) {
    QueryString query = call.query();
    CallScope scope = call.scope();
    LogOptions options = PodLogOptions.of(query, AcceptedFormat.of(call.request()), clock);
    FoundPod pod =
        logs.findPod(log.namespace(), log.name(), scope).orElseThrow(() -> notFound(log.name()));
    String container = container(pod, options.containers());
    if (QueryFlags.isOn(query, "previous")) {
      throw badRequest(
          "previous terminated container \"%s\" in pod \"%s\" not found"
              .formatted(container, pod.pod()));
    }
    return logs.planPod(pod, container, options);
  }

  private static RequestException notFound(String pod) {
    return new RequestException(Code.NOT_FOUND, "pods \"" + pod + "\" not found");
  }

  private static String container(FoundPod pod, List<String> wanted) {
    List<String> known = pod.containers();
    if (wanted.isEmpty()) {
      if (known.size() == 1) {
        return known.getFirst();
      }
      String choice = known.isEmpty() ? "" : ", choose one of: " + words(known);
      throw badRequest("a container name must be specified for pod " + pod.pod() + choice);
    }
    String container = wanted.getFirst();
    if (!known.isEmpty() && !known.contains(container) && !INIT_CONTAINERS.contains(container)) {
      throw badRequest("container " + container + " is not valid for pod " + pod.pod());
    }
    return container;
  }

  /** As Go prints a list. */
  private static String words(List<String> names) {
    return "[" + String.join(" ", names) + "]";
  }

  private static RequestException badRequest(String message) {
    return new RequestException(Code.INVALID_ARGUMENT, message);
  }

  /** kubectl prints these headers on standard error. */
  private static void warn(LogPlan plan, ServerResponse response) {
    if (plan.isEmpty()) {
      warn(response, "the container ended before " + plan.options().since());
    } else if (!plan.settled() && plan.hasEnded() && !plan.options().follow()) {
      warn(response, "the container ended a moment ago: its last lines may be on their way");
    }
  }

  private static void warn(ServerResponse response, String text) {
    response.header(HeaderValues.create("Warning", "299 logbridge \"" + text + "\""));
  }
}

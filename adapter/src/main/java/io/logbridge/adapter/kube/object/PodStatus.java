// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Says in a word or two how a pod is. */
final class PodStatus {

  private PodStatus() {}

  /** {@code 1/2}: one of two containers is ready. */
  static String ready(JsonNode pod) {
    List<JsonNode> containers = containers(pod);
    long ready = containers.stream().filter(each -> each.path("ready").asBoolean(false)).count();
    return ready + "/" + containers.size();
  }

  /**
   * Why it is as it is: {@code Completed}, {@code Error}, {@code OOMKilled}, {@code
   * TaskRunTimeout}. Where several containers failed, the first one's reason counts: those after it
   * did not run because of it.
   */
  static String reason(JsonNode pod) {
    return switch (Json.text(pod, "status", "phase")) {
      case "Succeeded" -> "Completed";
      case "Failed" -> failure(pod);
      default -> Json.text(pod, "status", "phase");
    };
  }

  private static String failure(JsonNode pod) {
    String ofPod = Json.text(pod, "status", "reason");
    return ofPod.isEmpty()
        ? containers(pod).stream()
            .map(container -> container.path("state").path("terminated"))
            .filter(terminated -> terminated.path("exitCode").asInt(0) != 0)
            .map(PodStatus::reasonOf)
            .findFirst()
            .orElse("Error")
        : ofPod;
  }

  private static String reasonOf(JsonNode terminated) {
    String reason = Json.text(terminated, "reason");
    return reason.isEmpty() ? "ExitCode:" + terminated.path("exitCode").asInt(0) : reason;
  }

  private static List<JsonNode> containers(JsonNode pod) {
    return Json.elements(pod.path("status").path("containerStatuses")).toList();
  }
}

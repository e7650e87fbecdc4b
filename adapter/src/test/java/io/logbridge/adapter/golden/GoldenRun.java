// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.golden;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * A TaskRun in the recorded database that the stores had lines of. It has two steps.
 *
 * @param uid of the run
 * @param pod of the run
 * @param start of the run
 */
record GoldenRun(String uid, String namespace, String pod, Instant start) {

  private static final JsonNode IDS = GoldenCases.read("ids.json");

  /** The one that most cases ask for; its stamps are those that were recorded. */
  static final GoldenRun BUILD =
      new GoldenRun(
          id("T1"), "default", "hello-run-build-pod", Instant.parse("2024-05-01T10:00:05Z"));

  private static final GoldenRun RUNNING =
      new GoldenRun(id("B1"), "team-b", "still-running-pod", Instant.parse("2024-05-04T00:00:00Z"));

  private static final GoldenRun OLD =
      new GoldenRun(id("T4"), "default", "old-beta-pod", Instant.parse("2023-01-02T08:00:00Z"));

  /** One whose lines nobody asks for. */
  static final GoldenRun OTHER =
      new GoldenRun("another-uid", "default", "another-pod", BUILD.start());

  private static String id(String name) {
    return IDS.get(name).asString();
  }

  /** The run whose log a case asks for: the store answered whatever it was asked for. */
  static GoldenRun of(JsonNode recorded) {
    String request = recorded.get("request").toString();
    return request.contains("logs/" + RUNNING.uid)
        ? RUNNING
        : request.contains("logs/" + OLD.uid) ? OLD : BUILD;
  }

  /** The container of a step, the first being 0. */
  static String container(int step) {
    return step == 0 ? "step-one" : "step-two";
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import static io.logbridge.backend.testkit.Containers.container;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A log holds the lines of its container and of no other, however alike their names are. */
class IsolationContract extends BackendContract {

  private static final int READERS = 16;

  IsolationContract(StartedFixture started) {
    super(started);
  }

  @Test
  void podsWithNamesAlike_areKeptApart() throws Exception {
    String namespace = Containers.freshNamespace();
    assertKeptApart(
        List.of(
            container(namespace, "build-run-1-pod", "step-build"),
            container(namespace, "build-run-1-pod-retry1", "step-build"),
            container(namespace, "x-build-run-1-pod", "step-build"),
            container(namespace, "build-run-1-po", "step-build"),
            container(namespace, "build-run-1-pods", "step-build"),
            container(namespace, "build-run-11-pod", "step-build"),
            container(namespace, "build-run", "step-build"),
            container(namespace, "pod", "step-build"),
            container(namespace, "run-build-1-pod", "step-build"),
            container(namespace, "build.run.1.pod", "step-build"),
            container(namespace, "build.run-1-pod", "step-build"),
            container(namespace, "buildrun1pod", "step-build")));
  }

  @Test
  void containersWithNamesAlike_areKeptApart() throws Exception {
    String namespace = Containers.freshNamespace();
    assertKeptApart(
        List.of(
            container(namespace, "pod", "step-build"),
            container(namespace, "pod", "step-build-2"),
            container(namespace, "pod", "step-buil"),
            container(namespace, "pod", "step"),
            container(namespace, "pod", "build"),
            container(namespace, "pod", "build-step"),
            container(namespace, "pod", "sidecar-step-build"),
            container(namespace, "pod", "pod")));
  }

  @Test
  void namespacesWithNamesAlike_areKeptApart() throws Exception {
    String namespace = Containers.freshNamespace();
    assertKeptApart(
        List.of(
            container(namespace, "pod", "step-build"),
            container(namespace + "-pod", "pod", "step-build"),
            container("x-" + namespace, "pod", "step-build"),
            container(namespace + "0", "pod", "step-build"),
            container(namespace, namespace, "step-build"),
            container("pod", namespace, "step-build")));
  }

  @Test
  void longestNames_areKeptApart() throws Exception {
    String namespace = Containers.freshNamespace();
    String label = "a".repeat(62);
    String pod = String.join(".", label, label, label, label);
    assertKeptApart(
        List.of(
            container(namespace, pod + "x", label + "x"),
            container(namespace, pod + "x", label + "y"),
            container(namespace, pod + "y", label + "x")));
  }

  @Test
  void podsOfOneNameInTurn_areKeptApartByTheirUid() throws Exception {
    String namespace = Containers.freshNamespace();
    assertKeptApart(
        List.of(
            container(namespace, "pod", 0, "step-build"),
            container(namespace, "pod", 1, "step-build"),
            container(namespace, "pod", 2, "step-build")));
  }

  @Test
  void withoutUid_allPodsOfTheNameAreRead() throws Exception {
    String namespace = Containers.freshNamespace();
    ContainerRef first = container(namespace, "pod", 0, "step-build");
    ContainerRef second = container(namespace, "pod", 1, "step-build");
    Lines lines = lines().every(Duration.ofMillis(10));
    List<StoredLine> stored = new ArrayList<>(lines.of(first).numbered(5));
    stored.addAll(lines.of(second).from(lines.time(5)).numbered(5));
    store(stored);

    LogAssert.assertExactly(
        Reading.all(backend(PageSettings.of(3)), all(Containers.withoutUid(first))), stored);
  }

  @Test
  void podThatNeverWas_hasAnEmptyLog() throws Exception {
    String namespace = Containers.freshNamespace();
    store(lines().of(container(namespace, "pod", 0, "step-build")).numbered(5));
    LogBackend backend = backend(PageSettings.of(3));

    LogAssert.assertExactly(
        Reading.all(backend, all(container(namespace, "pod", 1, "step-build"))), List.of());
    LogAssert.assertExactly(
        Reading.all(backend, all(container(namespace, "other", "step-build"))), List.of());
  }

  @Test
  void readersInParallel_eachReadTheirOwnLog() throws Exception {
    String namespace = Containers.freshNamespace();
    List<List<StoredLine>> logs = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      ContainerRef container = container(namespace, "pod-" + i, "step-build");
      logs.add(store(lines().of(container).numbered(500 + i)));
    }
    LogBackend backend = backend(PageSettings.of(50));
    List<Future<List<LogEntry>>> read = new ArrayList<>();
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (List<StoredLine> log : logs) {
        read.add(readers.submit(() -> Reading.all(backend, all(log.getFirst().container()))));
      }
      for (int i = 0; i < READERS; i++) {
        LogAssert.assertExactly(read.get(i).get(2, TimeUnit.MINUTES), logs.get(i));
      }
    }
  }

  /** Writes the same times into all of them, so that a line that leaks shows. */
  private void assertKeptApart(List<ContainerRef> containers) throws Exception {
    Lines lines = lines();
    List<StoredLine> together = new ArrayList<>();
    for (ContainerRef container : containers) {
      together.addAll(lines.of(container).with(4, i -> container + " writes line " + i));
    }
    store(together);
    LogBackend backend = backend(PageSettings.of(3));
    for (ContainerRef container : containers) {
      List<StoredLine> own =
          together.stream().filter(line -> line.container().equals(container)).toList();
      LogAssert.assertExactly(Reading.all(backend, all(container)), own);
    }
  }
}

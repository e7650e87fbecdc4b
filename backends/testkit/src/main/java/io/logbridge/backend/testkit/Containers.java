// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import io.logbridge.backend.ContainerRef;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Containers to write logs in. */
final class Containers {

  private static final AtomicInteger NEXT = new AtomicInteger();

  private Containers() {}

  /** A container in a namespace that has not been used before. */
  static ContainerRef fresh() {
    return container(freshNamespace(), "build-run-1-pod", "step-build");
  }

  static String freshNamespace() {
    return "ns-" + NEXT.incrementAndGet();
  }

  /** A container whose pod has a uid that follows from its names. */
  static ContainerRef container(String namespace, String pod, String container) {
    return container(namespace, pod, 0, container);
  }

  /** A container of a pod that is not the first with its name. */
  static ContainerRef container(String namespace, String pod, int incarnation, String container) {
    String seed = namespace + "/" + pod + "/" + incarnation;
    String uid = UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    return new ContainerRef(namespace, pod, uid, container);
  }

  /** The same container, asked for by somebody who does not know the pod's uid. */
  static ContainerRef withoutUid(ContainerRef container) {
    return new ContainerRef(container.namespace(), container.pod(), null, container.container());
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.testkit.ContainerEngine;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** The vendor's image, filled as the one in this process is. */
final class LokiImageFixture extends LokiFixture {

  LokiImageFixture(LokiLayout layout) {
    super(layout);
  }

  @Override
  public Optional<String> missing() {
    return ContainerEngine.missing();
  }

  @Override
  public String name() {
    return "image, " + super.name();
  }

  @Override
  URI startStore() {
    return LokiImage.uri();
  }

  @Override
  public Instant epoch() {
    return ContainerEngine.EPOCH;
  }

  /** As it comes, the image has no compactor that deletes. */
  @Override
  public boolean canDelete() {
    return false;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.testkit.ContainerEngine;
import io.logbridge.backend.testkit.StoreFault;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The vendor's image, filled as the one in this process is. */
final class SplunkImageFixture extends SplunkFixture {

  private SplunkImage image;

  SplunkImageFixture(Shape shape) {
    super(shape);
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
  URI startStore() throws Exception {
    image = SplunkImage.with(INDEX);
    return image.uri();
  }

  @Override
  URI collector() {
    return image.collector();
  }

  /** Tokens have to be allowed and made first; the fake has them. */
  @Override
  String login() {
    return super.login().equals("token") ? "basic" : super.login();
  }

  @Override
  public Instant epoch() {
    return ContainerEngine.EPOCH;
  }

  /** An event is found some time after the collector has taken it. */
  @Override
  void send(String messages, int count) throws Exception {
    long before = image.count(INDEX);
    super.send(messages, count);
    image.awaitCount(INDEX, before + count);
  }

  /** Nothing here makes it go wrong. */
  @Override
  public List<StoreFault> storeFaults() {
    return List.of();
  }

  @Override
  public int heldForReaders() {
    return 0;
  }
}

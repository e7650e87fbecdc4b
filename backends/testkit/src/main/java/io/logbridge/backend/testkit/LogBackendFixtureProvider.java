// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import java.util.stream.Stream;

/**
 * The fixtures of one backend; found through {@link java.util.ServiceLoader}, for which its public
 * constructor without arguments is.
 */
public interface LogBackendFixtureProvider {

  /** All fixtures to test with, not yet started; at least one. */
  Stream<LogBackendFixture> fixtures();
}

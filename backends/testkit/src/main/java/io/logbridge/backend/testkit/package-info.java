// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
/**
 * The contract that every {@link io.logbridge.backend.LogBackend} keeps, as tests.
 *
 * <p>A backend's module has this module among its test dependencies and offers one {@link
 * io.logbridge.backend.testkit.LogBackendFixtureProvider} in {@code META-INF/services}; every class
 * here whose name ends in {@code Contract} then runs against each of its fixtures, through the
 * surefire configuration of {@code backends/pom.xml}. A new contract reaches all backends without
 * an edit in any of them. Without a fixture, or with one that does not start, the tests fail.
 *
 * <p>Between a backend and its store stands a {@link
 * io.logbridge.backend.testkit.proxy.FaultProxy}, which breaks and counts. Tests never clear the
 * store: each has containers of its own, so that they also prove that logs are kept apart.
 */
@NullMarked
package io.logbridge.backend.testkit;

import org.jspecify.annotations.NullMarked;

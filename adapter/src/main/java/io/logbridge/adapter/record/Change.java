// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

/**
 * What an update makes of a row. It is called while the row is locked, so it must not wait for
 * anything; what it throws ends the update and leaves the row as it was.
 *
 * @param <R> the row as it is
 * @param <C> what is to be stored
 */
@FunctionalInterface
public interface Change<R, C> {
  C of(R row);
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend;

/**
 * Makes the backend for one kind of store; found through {@link java.util.ServiceLoader}.
 *
 * <p>The public constructor without arguments is for the loader.
 */
public interface LogBackendProvider {

  /** The value of {@code logStorage.backendType} that selects this provider. */
  String type();

  /**
   * A backend with these settings. Does no I/O, except that it may read local files that the
   * settings name. The caller closes the backend.
   *
   * @param settings the settings below {@code logStorage.<type in lower case>}
   * @throws SettingsException if a setting is missing, unknown or out of range
   */
  LogBackend create(Settings settings);
}

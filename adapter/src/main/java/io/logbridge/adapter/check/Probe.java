// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.check;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.SettingsException;

/** Looks at one thing that a server needs. */
@FunctionalInterface
public interface Probe {

  /**
   * Looks. Blocks.
   *
   * @throws SettingsException if a setting cannot be used
   * @throws LogBackendException if the log store fails
   * @throws RequestException if the database or the cluster fails
   */
  Finding look() throws InterruptedException;

  /** Looks, and makes findings of failures too. */
  default Finding find() throws InterruptedException {
    try {
      return look();
    } catch (LogBackendException e) {
      return Finding.failed(e.getMessage() + " [" + e.reason() + "]");
    } catch (RequestException e) {
      String cause = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
      return Finding.failed(e.getMessage() + cause);
    } catch (SettingsException e) {
      return Finding.failed(String.valueOf(e.getMessage()));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import io.logbridge.adapter.config.ServerConfig.LogLevel;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sets what the server's log has. */
final class LogLevels {

  /** Held, since a logger that nobody holds forgets its level. */
  private static final Logger OURS = Logger.getLogger("io.logbridge");

  private static final Logger ALL = Logger.getLogger("");

  private LogLevels() {}

  /** Libraries are never more talkative than {@code logging.properties} lets them be. */
  static void set(LogLevel level) {
    switch (level) {
      case DEBUG -> OURS.setLevel(Level.FINE);
      case INFO -> {} // as logging.properties says
      case WARNING -> ALL.setLevel(Level.WARNING);
      case ERROR -> ALL.setLevel(Level.SEVERE);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.shipped;

/** What a stored text is. */
public enum LineForm {
  /** The line itself. */
  RAW,
  /** A document of JSON with the line in one of its fields. */
  JSON,
  /** Pairs as fluent-plugin-grafana-loki writes them: {@code log="two words" stream=stdout}. */
  KEY_VALUE,
  /**
   * Whatever it turns out to be: JSON or pairs if there is a message in them and a field besides
   * that a container does not write, such as the stream or the pod; else the line itself.
   */
  AUTO,
}

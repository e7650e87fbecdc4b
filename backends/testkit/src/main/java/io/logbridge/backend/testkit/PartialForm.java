// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

/**
 * The ways in which shippers store a line that the container runtime has cut into pieces. All
 * pieces have the fields of an ordinary document of that shipper.
 */
public enum PartialForm {
  /** {@code logtag}: {@code P}, and {@code F} on the last piece (CRI, fluentd's parser-cri). */
  LOGTAG,
  /** {@code _p}: {@code P} and {@code F} (Fluent Bit's multiline parser cri). */
  UNDERSCORE_P,
  /** {@code _partial}: {@code true} on all pieces but the last (Vector). */
  UNDERSCORE_PARTIAL,
  /** The text ends with a newline on the last piece only (Docker's json-file). */
  MISSING_NEWLINE,
  /**
   * {@code partial_message}: {@code true} on all pieces, with {@code partial_id}, {@code
   * partial_ordinal} from 1 and {@code partial_last} (Docker's fluentd driver).
   */
  PARTIAL_MESSAGE,
}

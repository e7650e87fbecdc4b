// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

/** What a label of a stream, or a name in the metadata of an entry, means to us. */
enum LabelRole {
  NAMESPACE("namespace"),
  POD("pod"),
  POD_UID("podUid"),
  CONTAINER("container"),
  /** {@code stdout} or {@code stderr}. */
  STREAM("stream"),
  /** Says that the line goes on in the next entry: {@code P} or {@code true}. */
  PARTIAL("partial"),
  /** A number that grows from line to line. */
  SEQUENCE("sequence");

  private final String key;

  LabelRole(String key) {
    this.key = key;
  }

  /** The setting below {@code labels} that names the label with this role. */
  String key() {
    return key;
  }
}

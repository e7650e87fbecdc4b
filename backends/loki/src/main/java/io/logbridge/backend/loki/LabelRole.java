// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

/** What a label of a stream, or a name in the metadata of an entry, means to us. */
enum LabelRole {
  NAMESPACE("namespace", true),
  POD("pod", true),
  POD_UID("podUid", false),
  CONTAINER("container", true),
  /** {@code stdout} or {@code stderr}. */
  STREAM("stream", false),
  /** Says that the line goes on in the next entry: {@code P} or {@code true}. */
  PARTIAL("partial", false),
  /** A number that grows from line to line. */
  SEQUENCE("sequence", false);

  private final String key;
  private final boolean required;

  LabelRole(String key, boolean required) {
    this.key = key;
    this.required = required;
  }

  /** The setting below {@code labels} that names the label with this role. */
  String key() {
    return key;
  }

  /** Whether there must be a label with this role. */
  boolean required() {
    return required;
  }
}

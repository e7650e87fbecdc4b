// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.shipped;

/** What a field of a log document means to us. */
public enum FieldRole {
  /** When the line was written: mapped as a date, sorted and filtered by. */
  TIMESTAMP("timestamp", true),
  /** The same moment as the shipper wrote it, with more digits than a mapping as date keeps. */
  TIME("time", false),
  NAMESPACE("namespace", true),
  POD("pod", true),
  POD_UID("podUid", false),
  CONTAINER("container", true),
  MESSAGE("message", true),
  STREAM("stream", false),
  /** Says that the line goes on in the next document: {@code P} or {@code true}. */
  PARTIAL("partial", false),
  /** Says that a document marked as partial is the last of its line after all. */
  PARTIAL_LAST("partialLast", false),
  /** A number that grows from line to line of one collector. */
  SEQUENCE("sequence", false),
  /** A number that grows from line to line of one file. */
  OFFSET("offset", false),
  /** The file that {@link #OFFSET} counts in. */
  FILE("file", false);

  private final String key;
  private final boolean required;

  FieldRole(String key, boolean required) {
    this.key = key;
    this.required = required;
  }

  /** The setting below {@code fields} that names the fields with this role. */
  public String key() {
    return key;
  }

  /** Whether there must be at least one field with this role. */
  public boolean required() {
    return required;
  }
}

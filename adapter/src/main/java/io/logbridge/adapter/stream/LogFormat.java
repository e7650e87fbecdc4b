// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

/** What the lines of a log look like to the client. */
public enum LogFormat {
  /** The text as it was written, with timestamp and step before it if wanted. */
  TEXT("text/plain; charset=utf-8"),
  /** A JSON object for each line. */
  NDJSON("application/x-ndjson");

  private final String contentType;

  LogFormat(String contentType) {
    this.contentType = contentType;
  }

  /** The media type of HTTP. */
  public String contentType() {
    return contentType;
  }
}

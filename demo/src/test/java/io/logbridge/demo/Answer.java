// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;

/**
 * How a call for a log ended, and what came before.
 *
 * @param code of gRPC; {@code UNKNOWN} for an HTTP body that was cut off
 * @param message of the failure; empty if there was none
 * @param text what was received
 * @param largest the size of the largest message in bytes; 0 in REST, which has none
 * @param settled whether nothing said that lines may still be on their way
 * @param reason of {@link ErrorInfo}; empty if there is none
 * @param retryInfo whether there is a {@link RetryInfo} or {@code Retry-After}
 */
record Answer(
    Code code,
    String message,
    String text,
    int largest,
    boolean settled,
    String reason,
    boolean retryInfo) {

  /** Fails unless the call ended well, with exactly this text. */
  void assertText(String expected) {
    assertThat(code).as(message).isEqualTo(Code.OK);
    assertThat(difference(expected)).isEmpty();
  }

  /** Fails unless the text so far is the beginning of this one. */
  void assertPrefixOf(String whole) {
    assertThat(whole.startsWith(text)).as("what was received is the log's beginning").isTrue();
  }

  /** Where the text begins to differ: short, for logs are long. */
  private String difference(String expected) {
    if (text.equals(expected)) {
      return "";
    }
    int at = 0;
    int common = Math.min(text.length(), expected.length());
    while (at < common && text.charAt(at) == expected.charAt(at)) {
      at++;
    }
    return "at "
        + at
        + " of "
        + expected.length()
        + ": expected ..."
        + around(expected, at)
        + "... but got ..."
        + around(text, at)
        + "... (of "
        + text.length()
        + ")";
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 60));
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What it means for a read that Splunk says something beside its results. */
final class Messages {

  private Messages() {}

  /**
   * Decides on one message of a search that was answered with 200.
   *
   * @throws LogBackendException unless it is about a result that is whole
   */
  static void require(String asked, String type, String text) {
    Optional<Trouble> trouble = Trouble.in(text);
    boolean fails =
        switch (type) {
          case "DEBUG" -> false;
          // That a search was ended early is not always worth a warning to Splunk.
          case "INFO" -> trouble.filter(known -> known.reason() == Reason.INCOMPLETE).isPresent();
          default -> true;
        };
    if (fails) {
      throw failure(
          asked,
          trouble,
          "the store says something of its result (type: " + word(type) + ")",
          Reason.INCOMPLETE,
          null);
    }
  }

  /**
   * The failure that a refusal stands for.
   *
   * @param usual what its status means where its text says nothing
   */
  static LogBackendException refusal(
      String asked, int status, String text, LogBackendException usual) {
    Optional<Trouble> trouble = status == 401 || status == 403 ? Optional.empty() : known(text);
    return failure(
        asked + ": status " + status, trouble, "", usual.reason(), usual.retryAfter().orElse(null));
  }

  /** Only of what is known to be Splunk's: a page of HTML can have any words. */
  private static Optional<Trouble> known(String text) {
    return text.contains("\"messages\"") ? Trouble.in(text) : Optional.empty();
  }

  private static LogBackendException failure(
      String asked,
      Optional<Trouble> trouble,
      String otherwise,
      Reason reason,
      @Nullable Duration retryAfter) {
    String words = trouble.map(Trouble::words).orElse(otherwise);
    return new LogBackendException(
        trouble.map(Trouble::reason).orElse(reason),
        words.isEmpty() ? asked : asked + ": " + words,
        retryAfter,
        null);
  }

  private static String word(String type) {
    return type.matches("[A-Z]{1,20}") ? type : "unknown";
  }
}

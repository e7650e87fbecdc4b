// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.LogBackendException.Reason;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Splunk says in prose: it has no codes. Its texts quote searches and hosts, so that a failure
 * says in our words what they mean.
 */
enum Trouble {
  /** Also "Error in 'litsearch'": so before {@link #SEARCH}. */
  LICENCE(Reason.UNAVAILABLE, "its licence does not let it search", "licen[sc]e"),
  QUOTA(
      Reason.THROTTLED,
      "a quota or limit of searches is used up",
      "search not executed|maximum number of concurrent|\\bquota\\b|disk usage limit"),
  RIGHTS(
      Reason.ACCESS_DENIED,
      "the user lacks a capability",
      "insufficient|privilege|permission|capabilit|not authorized|unauthorized"),
  SEARCH(
      Reason.BAD_QUERY,
      "it does not take the search",
      "error in '|unknown search command|unable to parse|invalid (earliest|latest)_time"),
  GONE(
      Reason.UNAVAILABLE,
      "the search process is gone",
      "unknown sid|search process.*(terminat|crash|died|exited)"),
  ENDED(
      Reason.INCOMPLETE,
      "the search was ended before it had found everything",
      "auto-?finali[sz]ed|auto-?cancel|(was|been) (finali[sz]ed|cancell?ed)|time limit"),
  PARTIAL(
      Reason.INCOMPLETE,
      "the result is partial, since a search peer did not do its part",
      "\\bpeers?\\b|incomplete|partial result"),
  ;

  private final Reason reason;
  private final String words;
  private final Pattern pattern;

  Trouble(Reason reason, String words, String pattern) {
    this.reason = reason;
    this.words = words;
    this.pattern = Pattern.compile(pattern);
  }

  /** The trouble that a text tells of, if it is one that we know. */
  static Optional<Trouble> in(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(trouble -> trouble.pattern.matcher(lower).find())
        .findFirst();
  }

  Reason reason() {
    return reason;
  }

  /** What it means, for a message. */
  String words() {
    return words;
  }
}

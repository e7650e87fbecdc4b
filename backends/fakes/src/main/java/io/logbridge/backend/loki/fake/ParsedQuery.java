// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki.fake;

/** A query of one matcher, one filter of a label and one of the line, as Loki would read it. */
public record ParsedQuery(
    String streamLabel, String streamValue, String label, String value, String contained) {

  /** Reads it. */
  public static ParsedQuery of(String text) {
    LogQuery query = LogQlParser.logs(text);
    if (query.selector().size() != 1 || query.stages().size() != 2) {
      throw new IllegalArgumentException(text);
    }
    Matcher stream = query.selector().getFirst();
    Matcher filter = ((Stage.LabelFilter) query.stages().getFirst()).alternatives().getFirst();
    Stage.LineFilter line = (Stage.LineFilter) query.stages().getLast();
    return new ParsedQuery(
        stream.name(), stream.value(), filter.name(), filter.value(), line.text());
  }
}

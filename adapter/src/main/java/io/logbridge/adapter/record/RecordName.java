// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The resource name of a record: {@code {parent}/results/{result}/records/{record}}.
 *
 * @param result that of the result which owns it
 * @param record the last segment
 */
public record RecordName(ResultName result, String record) {

  private static final String SEGMENT = "([a-z0-9_-]{1,63})";
  private static final Pattern RECORD = pattern("records");
  private static final Pattern LOG = pattern("logs");

  private static Pattern pattern(String collection) {
    return Pattern.compile(SEGMENT + "/results/" + SEGMENT + "/" + collection + "/" + SEGMENT);
  }

  /**
   * Reads the name of a record.
   *
   * @throws RequestException {@code INVALID_ARGUMENT} if the name has another form
   */
  public static RecordName parse(String name) {
    return parse(name, RECORD, "records");
  }

  /**
   * Reads the name of a log, {@code {parent}/results/{result}/logs/{record}}, as that of its
   * record.
   *
   * @throws RequestException {@code INVALID_ARGUMENT} if the name has another form
   */
  public static RecordName parseLog(String name) {
    return parse(name, LOG, "logs");
  }

  /** Whether the text is the name of a record. */
  public static boolean isValid(String name) {
    return RECORD.matcher(name).matches();
  }

  private static RecordName parse(String name, Pattern pattern, String collection) {
    Matcher matcher = pattern.matcher(name);
    if (!matcher.matches()) {
      // In the words of Tekton Results, whose clients may look for them.
      throw new RequestException(
          Code.INVALID_ARGUMENT,
          "name must match (^[a-z0-9_-]{1,63})/results/([a-z0-9_-]{1,63})/"
              + collection
              + "/([a-z0-9_-]{1,63}$)");
    }
    return new RecordName(new ResultName(matcher.group(1), matcher.group(2)), matcher.group(3));
  }

  /** The name of the log that this record describes. */
  public String logName() {
    return result + "/logs/" + record;
  }

  @Override
  public String toString() {
    return result + "/records/" + record;
  }
}

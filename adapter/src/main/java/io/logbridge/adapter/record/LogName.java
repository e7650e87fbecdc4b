// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import io.logbridge.adapter.error.RequestException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The resource name of a log: {@code {parent}/results/{result}/logs/{uid}}. The same name with
 * {@code records} for {@code logs} is accepted, since clients make one from the other.
 *
 * @param parent the namespace
 * @param result the last segment of the result's name
 * @param uid the last segment: the uid of a run, or of the Log record of a run
 */
public record LogName(String parent, String result, String uid) {

  private static final String SEGMENT = "([a-z0-9_-]{1,63})";
  private static final Pattern NAME =
      Pattern.compile(SEGMENT + "/results/" + SEGMENT + "/(?:logs|records)/" + SEGMENT);

  /**
   * Reads a name.
   *
   * @throws RequestException if the name has another form
   */
  public static LogName parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw RequestException.invalid(
          "Invalid Name",
          name,
          "{parent}/results/{result}/logs/{uid}, each of 1 to 63 lower case letters, digits, - and"
              + " _");
    }
    return new LogName(matcher.group(1), matcher.group(2), matcher.group(3));
  }

  @Override
  public String toString() {
    return parent + "/results/" + result + "/logs/" + uid;
  }
}

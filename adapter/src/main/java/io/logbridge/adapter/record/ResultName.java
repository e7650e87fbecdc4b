// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The resource name of a result: {@code {parent}/results/{result}}.
 *
 * @param parent the namespace
 * @param result the last segment
 */
public record ResultName(String parent, String result) {

  /** Any parent, or any result, where a list is asked for. */
  public static final String WILDCARD = "-";

  private static final Pattern NAME =
      Pattern.compile("([a-z0-9_-]{1,63})/results/([a-z0-9_-]{1,63})");

  /** The pattern in the words of Tekton Results, whose clients may look for them. */
  private static final String EXPECTED =
      "name must match (^[a-z0-9_-]{1,63})/results/([a-z0-9_-]{1,63}$)";

  /**
   * Reads a name.
   *
   * @throws RequestException {@code INVALID_ARGUMENT} if the name has another form
   */
  public static ResultName parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new RequestException(Code.INVALID_ARGUMENT, EXPECTED);
    }
    return new ResultName(matcher.group(1), matcher.group(2));
  }

  @Override
  public String toString() {
    return parent + "/results/" + result;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

/**
 * What a request says of the list that it wants, as its query has it.
 *
 * @param labelSelector empty for all
 * @param fieldSelector empty for all
 * @param limit the most objects that come back; zero, or less, for all
 * @param continueToken where the list goes on, from the answer before; empty for its beginning
 */
public record ListOptions(
    String labelSelector, String fieldSelector, long limit, String continueToken) {

  /** The whole list. */
  public static final ListOptions ALL = new ListOptions("", "", 0, "");
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import com.google.protobuf.Message;
import io.logbridge.adapter.fieldmask.FieldMask;
import java.util.List;

/** Answers with the fields that their client asked for. */
final class PartialAnswers {

  private PartialAnswers() {}

  /**
   * The wanted fields of an answer.
   *
   * @param masks that the client sent; all fields if there is none, and none if all are empty
   */
  static <R extends Message> R of(R answer, List<String> masks) {
    return masks.isEmpty() ? answer : FieldMask.parse(masks).of(answer);
  }
}

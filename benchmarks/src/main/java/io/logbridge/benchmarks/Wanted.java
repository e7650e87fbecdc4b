// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import io.logbridge.proto.v1alpha2.GetRecordRequest;
import io.logbridge.proto.v1alpha2.Record;
import java.util.Arrays;

/** A record of the namespace to be got, with its messages as they are sent. */
final class Wanted {

  private final byte[] request;
  private final byte[] beginOfAnswer;

  private Wanted(byte[] request, byte[] beginOfAnswer) {
    this.request = request;
    this.beginOfAnswer = beginOfAnswer;
  }

  static Wanted of(int number) {
    String name =
        RecordTables.NAMESPACE + "/results/benchmark/records/" + RecordTables.recordName(number);
    return new Wanted(
        GetRecordRequest.newBuilder().setName(name).build().toByteArray(),
        Record.newBuilder().setName(name).build().toByteArray());
  }

  /** The message; not to be changed. */
  byte[] request() {
    return request;
  }

  /** Fails unless this is the record's message and has more than the name. */
  void check(byte[] answer) {
    int same = Arrays.mismatch(beginOfAnswer, answer);
    if (same != beginOfAnswer.length) {
      throw new IllegalStateException(
          "answer: %d bytes, another record's from byte %d on (expected: the one asked for)"
              .formatted(answer.length, same));
    }
  }
}

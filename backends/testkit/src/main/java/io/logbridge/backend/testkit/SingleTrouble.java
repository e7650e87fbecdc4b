// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.testkit.proxy.Fault;
import io.logbridge.backend.testkit.proxy.HttpAnswer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What can happen to one request among others that succeed.
 *
 * @param name a few words
 * @param reason of the failure, if the reader fails
 * @param fault of the request
 */
record SingleTrouble(String name, Reason reason, Function<LogBackendFixture, Fault> fault) {

  static Stream<SingleTrouble> all() {
    return Stream.of(
        new SingleTrouble("reset", Reason.UNAVAILABLE, _ -> Fault.Break.RESET),
        new SingleTrouble("reset in body", Reason.UNAVAILABLE, _ -> Fault.Break.RESET_IN_BODY),
        new SingleTrouble(
            "503",
            Reason.UNAVAILABLE,
            fixture -> new Fault.Answer(fixture.refusal(503, Leaks.DETAIL))),
        new SingleTrouble(
            "429",
            Reason.THROTTLED,
            fixture -> new Fault.Answer(fixture.refusal(429, Leaks.DETAIL))),
        new SingleTrouble(
            "cut body", Reason.MALFORMED, _ -> new Fault.Rewrite(HttpAnswer::cutInHalf)));
  }

  @Override
  public String toString() {
    return name;
  }
}

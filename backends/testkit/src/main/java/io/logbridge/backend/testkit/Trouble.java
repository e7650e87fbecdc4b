// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.testkit.proxy.Fault;
import io.logbridge.backend.testkit.proxy.FaultProxy;
import io.logbridge.backend.testkit.proxy.HttpAnswer;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * What can go wrong between a backend and any store.
 *
 * @param name a few words
 * @param reason how reads fail then
 * @param inflict makes it happen to every request from now on
 */
record Trouble(String name, Reason reason, BiConsumer<FaultProxy, LogBackendFixture> inflict) {

  private static final String PAGE = "<html><body>" + Leaks.DETAIL + "</body></html>";

  static Stream<Trouble> all() {
    return Stream.concat(ofConnection(), Stream.concat(ofStatus(), ofBody()));
  }

  private static Stream<Trouble> ofConnection() {
    return Stream.of(
        new Trouble("refused", Reason.UNAVAILABLE, (proxy, _) -> proxy.refuseConnections()),
        breaking("reset", Fault.Break.RESET),
        breaking("hung up", Fault.Break.HANG_UP),
        breaking("reset in body", Fault.Break.RESET_IN_BODY),
        breaking("hung up in body", Fault.Break.HANG_UP_IN_BODY));
  }

  private static Stream<Trouble> ofStatus() {
    return Stream.of(
        refusing(400, Reason.BAD_QUERY),
        refusing(401, Reason.ACCESS_DENIED),
        refusing(403, Reason.ACCESS_DENIED),
        refusing(429, Reason.THROTTLED),
        refusing(500, Reason.UNAVAILABLE),
        refusing(503, Reason.UNAVAILABLE),
        answering("502 of an ingress", Reason.UNAVAILABLE, HttpAnswer.of(502, "text/html", PAGE)),
        answering("504 of an ingress", Reason.UNAVAILABLE, HttpAnswer.of(504, "text/html", PAGE)));
  }

  private static Stream<Trouble> ofBody() {
    return Stream.of(
        answering("a login page", Reason.MALFORMED, HttpAnswer.of(200, "text/html", PAGE)),
        rewriting("cut body", new Fault.Rewrite(HttpAnswer::cutInHalf)),
        rewriting("garbage", new Fault.Rewrite(answer -> answer.withBody(Leaks.DETAIL + "}"))),
        rewriting("empty object", new Fault.Rewrite(answer -> answer.withBody("{}"))),
        rewriting("empty body", new Fault.Rewrite(answer -> answer.withBody(""))));
  }

  private static Trouble breaking(String name, Fault.Break how) {
    return new Trouble(name, Reason.UNAVAILABLE, (proxy, _) -> proxy.inject(how));
  }

  private static Trouble refusing(int status, Reason reason) {
    return new Trouble(
        Integer.toString(status),
        reason,
        (proxy, fixture) -> proxy.inject(new Fault.Answer(fixture.refusal(status, Leaks.DETAIL))));
  }

  private static Trouble answering(String name, Reason reason, HttpAnswer answer) {
    return new Trouble(name, reason, (proxy, _) -> proxy.inject(new Fault.Answer(answer)));
  }

  private static Trouble rewriting(String name, Fault.Rewrite rewrite) {
    return new Trouble(name, Reason.MALFORMED, (proxy, _) -> proxy.inject(rewrite));
  }

  @Override
  public String toString() {
    return name;
  }
}

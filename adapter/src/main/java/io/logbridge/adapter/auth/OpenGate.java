// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.Secret;
import java.util.List;

/** {@code auth.mode: none}: everybody may do everything. */
public final class OpenGate implements AccessGate {

  @Override
  public Caller check(RequestHeaders headers, Permission what, Deadline deadline) {
    List<String> credentials = headers.all("authorization");
    // Of several it is not known which is theirs; and whoever acts as another has not that one's.
    if (credentials.size() != 1 || Impersonation.isAskedFor(headers)) {
      return Caller.ANYBODY;
    }
    String token = Tokens.bearer(credentials.getFirst());
    return token == null ? Caller.ANYBODY : new Caller("", Secret.of(token));
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import io.logbridge.backend.Deadline;

/** {@code auth.mode: none}: everybody may do everything. */
public final class OpenGate implements AccessGate {

  @Override
  public Caller check(RequestHeaders headers, Permission what, Deadline deadline) {
    return Caller.ANYBODY;
  }
}

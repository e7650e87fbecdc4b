// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo.history;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** UIDs as Kubernetes gives them, but always the same. */
public final class Uids {

  private Uids() {}

  /** The UID of what this text names. */
  public static String of(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}

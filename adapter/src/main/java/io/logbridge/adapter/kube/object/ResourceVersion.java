// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import io.logbridge.adapter.record.ArchivedObject;
import java.time.Instant;

/**
 * A moment in the life of the archive, in microseconds since 1970. Greater is later, as clients
 * hope.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions">
 *     Resource versions</a>
 */
record ResourceVersion(long micros) {

  /** That of an object: when its record was written last. */
  static ResourceVersion of(ArchivedObject object) {
    Instant updated = object.updated();
    return new ResourceVersion(updated.getEpochSecond() * 1_000_000 + updated.getNano() / 1_000);
  }

  String text() {
    return Long.toString(micros);
  }
}

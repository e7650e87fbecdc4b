// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.record.ArchivedObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * A moment in the life of the archive, in microseconds since 1970. Greater is later, as clients
 * hope.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions">
 *     Resource versions</a>
 */
record ResourceVersion(long micros) {

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  /** That of an object: when its record was written last. */
  static ResourceVersion of(ArchivedObject object) {
    return of(object.updated());
  }

  static ResourceVersion of(Instant time) {
    return new ResourceVersion(time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000);
  }

  /**
   * Reads what a client got from us.
   *
   * @throws RequestException {@code INVALID_ARGUMENT} if that cannot be
   */
  static ResourceVersion parse(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new RequestException(
          Code.INVALID_ARGUMENT,
          "resourceVersion: Invalid value: %s: not one of this server's"
              .formatted(LabelSyntax.quoted(text)));
    }
    return new ResourceVersion(Long.parseLong(text));
  }

  /** The moment, but that much earlier; not before 1970. */
  Instant minus(Duration duration) {
    Instant time = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    return time.isBefore(Instant.EPOCH.plus(duration)) ? Instant.EPOCH : time.minus(duration);
  }

  String text() {
    return Long.toString(micros);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.Secret;
import io.logbridge.backend.Settings;
import io.logbridge.backend.http.Connection;
import io.logbridge.backend.http.Credentials;
import io.logbridge.backend.paging.PageLimits;
import org.jspecify.annotations.Nullable;

/**
 * The settings below {@code logStorage.splunk}.
 *
 * @param session with which we log in, or {@code null} if the connection's credentials suffice
 * @param indices where the logs are
 * @param path of the settings from the root, for messages
 */
record SplunkSettings(
    Connection connection,
    @Nullable Session session,
    IndexTemplate indices,
    EventFields fields,
    Paging paging,
    String path) {

  private static final int MIB = 1 << 20;

  /** How user and password are used. */
  private enum Login {
    BASIC,
    SESSION,
  }

  /**
   * How much is asked for at once, and held.
   *
   * @param page of which {@code responseBytes} is the text of a window that is not cut any more
   * @param heldLines lines of one millisecond that we hold to put them in order
   * @param heldBytes text of one millisecond that we hold
   */
  record Paging(PageLimits page, int heldLines, int heldBytes) {

    static final Paging DEFAULT =
        new Paging(new PageLimits(500, 10_000, 4 * MIB, 16 * MIB), 200_000, 64 * MIB);

    static Paging from(Settings settings) {
      return new Paging(
          PageLimits.from(settings.section("pageSize"), DEFAULT.page),
          settings.integer("maxHeldLines", DEFAULT.heldLines, 1000, 10_000_000),
          settings.integer("maxHeldBytes", DEFAULT.heldBytes, MIB, 1024 * MIB));
    }

    /** Text in JSON in JSON, and the names of fields: a guard, not a limit that anybody meets. */
    long maxAnswer() {
      return 16L * heldBytes + 1024L * heldLines;
    }
  }

  static SplunkSettings from(Settings settings) {
    Credentials credentials = credentials(settings);
    return new SplunkSettings(
        Connection.from(settings, "https://splunk.example.org:8089", credentials),
        credentials instanceof Session session ? session : null,
        IndexTemplate.from(settings),
        EventFields.from(settings.section("fields")),
        Paging.from(settings),
        settings.path());
  }

  private static Credentials credentials(Settings settings) {
    Credentials given = Credentials.from(settings, "Bearer");
    return switch (settings.oneOf("login", Login.class, Login.BASIC)) {
      case BASIC -> given;
      case SESSION -> {
        if (given instanceof Credentials.Basic(String username, Secret password)) {
          yield new Session(username, password);
        }
        throw settings.invalid("login", "session", "username and password to log in with");
      }
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.LogStream;
import io.logbridge.backend.shipped.TieKey;
import io.logbridge.backend.shipped.TimeText;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * What is known of one event's line while its row is read. One is used for all rows of an answer,
 * one after the other.
 */
interface Line {

  /** Forgets the row before. */
  void clear();

  /** Takes the text of the event, at which the parser stands. */
  void raw(JsonParser parser);

  /** Takes another field, at whose value the parser stands and must be left. */
  void field(String name, JsonParser parser);

  /** Whether it is the container's, and not only found by a search for its words. */
  boolean isOfContainer();

  /** Without the newline that ends it. */
  String text();

  LogStream stream();

  /** Whether it goes on in the next event. */
  boolean partial();

  /** When it was written, as the shipper says; {@link TimeText#UNREADABLE} if it does not. */
  long nanos();

  /** What the shipper wrote to tell lines of one moment apart; {@code null} if nothing. */
  @Nullable TieKey tie();

  /** Whether the event has the form that is expected; else it is given as it is stored. */
  default boolean decoded() {
    return true;
  }
}

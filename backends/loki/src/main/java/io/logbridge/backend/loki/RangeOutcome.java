// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.http.Pieces;
import java.io.IOException;
import java.io.InputStream;

/** What becomes of a query over a range of time. */
sealed interface RangeOutcome {

  /**
   * An answer that has not been parsed yet.
   *
   * @param times of its entries, as they seem to be; nothing if they were not wanted
   */
  record Answer(Pieces json, AnswerTimes times) implements RangeOutcome {

    /**
     * Reads one to its end.
     *
     * @param timed whether the times of its entries are wanted
     */
    static Answer read(InputStream in, boolean timed) throws IOException {
      Pieces json = new Pieces();
      AnswerTimes times = new AnswerTimes(json);
      while (json.readFrom(in)) {
        if (timed) {
          times.lookOn();
        }
      }
      return new Answer(json, times);
    }
  }

  /**
   * The server does not allow it.
   *
   * @param limit what it would allow, in nanoseconds or entries; 0 if it does not say
   * @param failure what it means when nothing can be done about it
   */
  record Obstacle(Kind kind, long limit, LogBackendException failure) implements RangeOutcome {

    /** What can be done about it. */
    enum Kind {
      /** Ask for fewer entries. */
      TOO_MANY_ENTRIES,
      /** Ask for less time. */
      TOO_LONG_A_WINDOW,
      /** The same, though the server does not say how much less. */
      TOO_MUCH_TO_READ,
      /** Ask for fewer entries: the answer is too large to be sent or to be accepted. */
      TOO_LARGE_AN_ANSWER,
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

/**
 * How much time an answer covers, learnt from the last ones. It tells where the answer after the
 * next one begins before the next one has come, as long as a log is written steadily: if three
 * answers in a row have been alike, the next are expected to be like them. In logs that are written
 * in bursts two are often alike by chance.
 */
final class Pace {

  private static final int ENOUGH = 3;

  /** How many times as long as the other one of two answers may be that are alike. */
  private static final double ALIKE = 1.25;

  /**
   * The part of its expected time after which the next answer begins. What both have comes twice,
   * but what neither has costs a request of its own.
   */
  private static final double SURE = 0.96;

  private double nanosPerStep;
  private int alike;

  /**
   * Learns from an answer to whose end there was more.
   *
   * @param nanos from its first entry to its last
   * @param entries more than one
   */
  void learn(long nanos, int entries) {
    double now = (double) nanos / (entries - 1);
    boolean same = now < nanosPerStep * ALIKE && nanosPerStep < now * ALIKE;
    alike = same ? alike + 1 : 1;
    nanosPerStep = now;
  }

  /** Expects nothing any more until answers are alike again. */
  void forget() {
    alike = 0;
    nanosPerStep = 0;
  }

  /** Whether anything is to be expected. */
  boolean isSteady() {
    return alike >= ENOUGH;
  }

  /** How long after the beginning of an answer of so many entries the next may begin. */
  long stride(int entries) {
    return Math.max(1, (long) (nanosPerStep * (entries - 1) * SURE));
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.check;

import io.logbridge.adapter.check.Finding.Verdict;
import java.io.PrintWriter;
import java.util.Locale;

/** Looks at one thing after another and prints a line for each. Used by one thread. */
public final class Checkup {

  private final PrintWriter out;
  private boolean healthy = true;

  public Checkup(PrintWriter out) {
    this.out = out;
  }

  /**
   * Looks at one thing.
   *
   * @return whether what depends on it can be looked at
   */
  public boolean look(String subject, Probe probe) throws InterruptedException {
    Finding finding = probe.find();
    String verdict = finding.verdict().name().toLowerCase(Locale.ROOT);
    out.printf("%-8s %-14s %s%n", verdict, subject, finding.text());
    out.flush();
    boolean failed = finding.verdict() == Verdict.FAILED;
    healthy &= !failed;
    return !failed;
  }

  /** Whether nothing has failed. */
  public boolean isHealthy() {
    return healthy;
  }
}

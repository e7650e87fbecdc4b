// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM took since it started, all in MiB.
 *
 * @param heapBeforeGc the most that the heap held, garbage included
 * @param heapAfterGc the most that a collection left: an upper bound of what was in use
 * @param residentSet the most that the process had in memory (VmHWM of Linux)
 * @param collections how many there were
 * @param pauseMillis how long they stopped the server altogether
 */
record Memory(
    long heapBeforeGc, long heapAfterGc, long residentSet, int collections, double pauseMillis) {

  private static final Pattern PAUSE =
      Pattern.compile("Pause .* (\\d+)M->(\\d+)M\\(\\d+M\\) ([0-9.]+)ms");
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  static Memory of(long pid, Path gcLog) throws IOException {
    long before = 0;
    long after = 0;
    int collections = 0;
    double pauses = 0;
    for (String line : Files.readAllLines(gcLog)) {
      Matcher matcher = PAUSE.matcher(line);
      if (matcher.find()) {
        before = Math.max(before, Long.parseLong(matcher.group(1)));
        after = Math.max(after, Long.parseLong(matcher.group(2)));
        pauses += Double.parseDouble(matcher.group(3));
        collections++;
      }
    }
    return new Memory(before, after, residentSet(pid), collections, pauses);
  }

  private static long residentSet(long pid) throws IOException {
    Matcher matcher = PEAK.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
    if (!matcher.find()) {
      throw new IOException("/proc/" + pid + "/status has no VmHWM (expected: a running process)");
    }
    return Long.parseLong(matcher.group(1)) / 1024;
  }

  @Override
  public String toString() {
    return "heap %d MiB with garbage, %d MiB after collections (%d, %.0f ms); RSS %d MiB"
        .formatted(heapBeforeGc, heapAfterGc, collections, pauseMillis, residentSet);
  }
}

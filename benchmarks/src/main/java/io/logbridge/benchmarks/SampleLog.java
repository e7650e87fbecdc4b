// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;

/**
 * A log whose every byte can be made again: lines of 100 to 168 bytes, 134 on average, two in each
 * millisecond.
 *
 * @param pod that wrote it; also the name of its TaskRun and record
 * @param lines how many
 * @param start when the first was written
 */
record SampleLog(String pod, int lines, Instant start) {

  static final String NAMESPACE = "bench";
  static final String CONTAINER = "step-build";

  /** Of a line with its newline, on average. */
  static final int AVERAGE_LINE_BYTES = 134;

  /** Of a line with its newline, at most. */
  static final int MAX_LINE_BYTES = 168;

  private static final int NUMBER_DIGITS = 10;
  private static final int SHORTEST = 100;
  private static final int LENGTHS = 2 * (AVERAGE_LINE_BYTES - SHORTEST) + 1;
  private static final int NANOS_BETWEEN_LINES = 500_000;
  private static final int JITTER_NANOS = 400_000;
  private static final int FILLER_OFFSETS = 1 << 16;
  private static final byte[] FILLER = filler();

  /** As many lines as it takes to make up so many bytes, on average. */
  static int linesOf(long bytes) {
    return (int) (bytes / AVERAGE_LINE_BYTES);
  }

  /** The name to ask for it by. */
  String name() {
    return NAMESPACE + "/results/benchmark/logs/" + pod;
  }

  Instant end() {
    return time(lines);
  }

  /** The days on which it was written. */
  List<LocalDate> days() {
    LocalDate first = LocalDate.ofInstant(start, ZoneOffset.UTC);
    LocalDate last = LocalDate.ofInstant(end(), ZoneOffset.UTC);
    return first.datesUntil(last.plusDays(1)).toList();
  }

  /** When a line was written: later than the one before it, to no round number. */
  Instant time(int line) {
    return start.plusNanos((long) line * NANOS_BETWEEN_LINES + mix(line + 1L) % JITTER_NANOS);
  }

  /** Writes a line with its newline, and returns where it ends. */
  int write(int line, byte[] to, int from) {
    long random = mix(line + ((long) pod.hashCode() << 32));
    int length = SHORTEST + (int) (random % LENGTHS);
    int number = line;
    for (int i = from + NUMBER_DIGITS - 1; i >= from; i--) {
      to[i] = (byte) ('0' + number % 10);
      number /= 10;
    }
    int filled = from + NUMBER_DIGITS;
    int offset = (int) ((random >>> 32) % FILLER_OFFSETS);
    System.arraycopy(FILLER, offset, to, filled, length - NUMBER_DIGITS - 1);
    to[from + length - 1] = '\n';
    return from + length;
  }

  /** The checksum of its first bytes, fewer if it has no more of them. */
  Checksum checksum(long limit) {
    CRC32C crc = new CRC32C();
    byte[] line = new byte[MAX_LINE_BYTES];
    long bytes = 0;
    for (int i = 0; i < lines && bytes < limit; i++) {
      int length = (int) Math.min(write(i, line, 0), limit - bytes);
      crc.update(line, 0, length);
      bytes += length;
    }
    return new Checksum(bytes, crc.getValue());
  }

  /** Not negative; another number for each. */
  private static long mix(long value) {
    long mixed = value * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return (mixed ^ (mixed >>> 31)) & Long.MAX_VALUE;
  }

  private static byte[] filler() {
    String[] words = {
      "Downloaded",
      "from",
      "central:",
      "INFO",
      "[main]",
      "compiling",
      "layer",
      "sha256:4fb1c2",
      "(12.3",
      "kB",
      "at",
      "45",
      "kB/s)",
      "tests",
      "passed,",
      "0",
      "failed;",
      "step",
      "cache",
      "hit",
    };
    Random random = new Random(117);
    StringBuilder text = new StringBuilder();
    while (text.length() < FILLER_OFFSETS + MAX_LINE_BYTES) {
      text.append(' ').append(words[random.nextInt(words.length)]);
      text.append('/').append(Integer.toHexString(random.nextInt()));
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}

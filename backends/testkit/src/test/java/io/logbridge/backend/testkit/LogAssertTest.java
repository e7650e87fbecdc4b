// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogAssertTest {

  private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");

  private final List<StoredLine> stored =
      Lines.in(Containers.fresh(), START, Duration.ofNanos(1)).numbered(5);
  private List<LogEntry> read;

  @BeforeEach
  void readExactly() {
    read = new ArrayList<>(LogAssert.entries(stored));
  }

  @Test
  void exactLog_passes() {
    LogAssert.assertExactly(read, stored);
    LogAssert.assertSameInOrderOfTime(read, stored);
  }

  @Test
  void lostLine_isNamed() {
    read.remove(2);

    assertThatThrownBy(() -> LogAssert.assertExactly(read, stored))
        .hasMessageContaining("entry 2 of 4")
        .hasMessageContaining("lost: [1 x 2026-11-20T08:00:00.000000002Z STDERR")
        .hasMessageContaining("foreign or doubled: []");
    assertThatThrownBy(() -> LogAssert.assertSameInOrderOfTime(read, stored))
        .hasMessageContaining("lost");
  }

  @Test
  void doubledLine_isNamed() {
    read.add(3, read.get(3));

    assertThatThrownBy(() -> LogAssert.assertExactly(read, stored))
        .hasMessageContaining("entry 4 of 6")
        .hasMessageContaining("lost: []")
        .hasMessageContaining("foreign or doubled: [1 x");
    assertThatThrownBy(() -> LogAssert.assertSameInOrderOfTime(read, stored))
        .hasMessageContaining("foreign or doubled");
  }

  @Test
  void swappedLines_areNamed() {
    Collections.swap(read, 1, 2);

    assertThatThrownBy(() -> LogAssert.assertExactly(read, stored))
        .hasMessageContaining("entry 1 of 5")
        .hasMessageContaining("lost: []; foreign or doubled: []");
    assertThatThrownBy(() -> LogAssert.assertSameInOrderOfTime(read, stored))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void otherStreamAndOtherMark_areNotTheSame() {
    LogEntry first = read.getFirst();
    read.set(0, new LogEntry(first.timestamp(), LogStream.UNKNOWN, first.text(), false));
    assertThatThrownBy(() -> LogAssert.assertExactly(read, stored)).hasMessageContaining("UNKNOWN");
    read.set(0, new LogEntry(first.timestamp(), first.stream(), first.text(), true));
    assertThatThrownBy(() -> LogAssert.assertExactly(read, stored)).hasMessageContaining("partial");
  }
}

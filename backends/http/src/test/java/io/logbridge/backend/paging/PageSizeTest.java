// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageSizeTest {

  private static final PageLimits LIMITS = new PageLimits(500, 10_000, 1 << 21, 1 << 24);

  private final PageSizer sizer = new PageSizer(LIMITS, LogQuery.ALL);

  @Test
  void pagesGrowFourfoldUpToTheMost() {
    assertThat(sizer.next()).isEqualTo(500);
    sizer.received(500, 500L * 0, 500);
    assertThat(sizer.next()).isEqualTo(2000);
    sizer.received(2000, 2000L * 0, 2000);
    assertThat(sizer.next()).isEqualTo(8000);
    sizer.received(8000, 8000L * 0, 8000);
    assertThat(sizer.next()).isEqualTo(10_000);
  }

  @Test
  void longLines_keepPagesSmall() {
    sizer.received(500, 500L * 10_000, 500);

    assertThat(sizer.next()).isEqualTo((1 << 21) / 10_100);
  }

  @Test
  void aimOfTheCaller_makesPagesSmallerAndLargeOnesAgainWhenItIsHigher() {
    sizer.aimAt(20_000);
    assertThat(sizer.next()).isEqualTo(100);
    sizer.received(100, 100L * 300, 100);
    assertThat(sizer.next()).isEqualTo(50);
    sizer.received(50, 50L * 300, 50);

    sizer.aimAt(Long.MAX_VALUE);
    assertThat(sizer.next()).isEqualTo(200);
    sizer.received(200, 200L * 10_000, 200);
    assertThat(sizer.next()).isEqualTo((1 << 21) / 10_100);
  }

  @Test
  void aimOfNothing_stillAsksForALine() {
    sizer.aimAt(0);

    assertThat(sizer.next()).isEqualTo(1);
  }

  @Test
  void nextPage_isAskedForAheadWhenThisOneLooksFull() {
    assertThat(sizer.ahead(500, 100_000)).as("nothing is known yet").isZero();
    sizer.received(500, 500L * 100, 500);

    assertThat(sizer.ahead(2000, 400_000)).isEqualTo(8000);
    sizer.received(2000, 2000L * 100, 2000);
    assertThat(sizer.ahead(8000, 700_000)).as("it looks like the last one").isZero();
    sizer.received(3500, 3500L * 100, 8000);
    sizer.aimAt(2000);
    assertThat(sizer.ahead(8000, 1_600_000)).isEqualTo(10);
  }

  @Test
  void fewWantedLines_areNotAskedForAhead() {
    PageSizer few = new PageSizer(LIMITS, 1000);
    few.ahead(500, 100_000);
    few.received(500, 500L * 100, 500);

    assertThat(few.ahead(500, 100_000)).isZero();
  }

  @Test
  void fewWantedLines_askForLittleMore() {
    PageSizer few = new PageSizer(LIMITS, 10);
    assertThat(few.next()).isEqualTo(26);
    few.received(26, 26L * 10, 26);

    assertThat(few.next()).isEqualTo(104);
  }

  @Test
  void limitOfTheStore_isKept() {
    sizer.limitTo(100);
    sizer.received(100, 100L * 10, 100);

    assertThat(sizer.next()).isEqualTo(100);
  }

  @Test
  void cutPages_endWithTheEntryThatReachesTheLimit() {
    List<LogEntry> entries = List.of(entry("aaa"), entry("bb"), entry("\u00e4\u00f6"), entry(""));

    assertThat(PageCutter.cut(entries, true, 4))
        .containsExactly(
            new LogPage(entries.subList(0, 2), false),
            new LogPage(entries.subList(2, 3), false),
            new LogPage(entries.subList(3, 4), true));
    assertThat(PageCutter.cut(List.of(), true, 4)).containsExactly(new LogPage(List.of(), true));
  }

  private static LogEntry entry(String text) {
    return LogEntry.of(Instant.EPOCH, LogStream.STDOUT, text);
  }
}

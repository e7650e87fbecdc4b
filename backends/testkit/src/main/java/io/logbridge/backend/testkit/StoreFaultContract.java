// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What goes wrong in one kind of store only is no short log either. */
class StoreFaultContract extends BackendContract {

  private static final int PAGE = 20;

  StoreFaultContract(StartedFixture started) {
    super(started);
  }

  @TestFactory
  Stream<DynamicTest> storeFault_costsNoLine() {
    return fixture().storeFaults().stream()
        .map(fault -> dynamicTest(fault.name(), () -> assertCostsNoLine(fault)));
  }

  private void assertCostsNoLine(StoreFault fault) throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(10 * PAGE + 3));
    List<LogEntry> read = new ArrayList<>();
    try (LogReader reader = backend(PageSettings.of(PAGE)).open(all(lines.container()))) {
      switch (fault.moment()) {
        case AT_START -> {}
        case BETWEEN_PAGES -> read.addAll(Reading.firstPage(reader));
      }
      fault.inflict().act(proxy(), lines.container());
      if (fault.reason() != null) {
        assertFails(fault, reader, read);
        assertFails(fault, reader, read);
      }
      if (fault.heal() != null) {
        fault.heal().act(proxy(), lines.container());
      }
      if (fault.reason() == null || fault.heal() != null) {
        Reading.restInto(read, reader, inTime());
        LogAssert.assertExactly(read, stored);
      }
    } finally {
      proxy().heal();
    }
  }

  private void assertFails(StoreFault fault, LogReader reader, List<LogEntry> read)
      throws InterruptedException {
    LogBackendException failure = Reading.untilFailure(read, reader, inTime());
    assertThat(failure.reason()).as("reason of %s", failure).isEqualTo(fault.reason());
    Leaks.assertNone(failure, fixture());
  }
}

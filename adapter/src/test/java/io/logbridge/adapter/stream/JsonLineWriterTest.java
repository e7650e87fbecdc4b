// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.TimeRange;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonLineWriterTest {

  private static final Instant T0 = Instant.parse("2026-08-20T10:00:00.5Z");

  private final CollectingSink sink = new CollectingSink();

  @Test
  void aLine_isAnObjectThatSaysWhereItComesFrom() {
    write(null, LogEntry.of(T0, LogStream.STDERR, "no such file"));

    assertThat(sink.text())
        .isEqualTo(
            """
            {"time":"2026-08-20T10:00:00.500000000Z","namespace":"ns","pod":"p","container":"step-build","step":"build","stream":"stderr","text":"no such file"}
            """);
  }

  @Test
  void aLineOfAPipeline_namesItsTask_andAnUnknownStreamIsLeftOut() {
    write("compile", LogEntry.of(T0, LogStream.UNKNOWN, ""));

    assertThat(sink.text())
        .isEqualTo(
            """
            {"time":"2026-08-20T10:00:00.500000000Z","namespace":"ns","pod":"p","container":"step-build","task":"compile","step":"build","text":""}
            """);
  }

  @Test
  void whateverTheText_theObjectIsOneLineThatHoldsIt() {
    String odd = "quote \" backslash \\ tab \t nul \0 cr \r ansi \u001b[31m rocket 🚀 umlaut ü";

    write(null, LogEntry.of(T0, LogStream.STDOUT, odd));

    assertThat(sink.text().lines()).hasSize(1);
    assertThat(text(sink.text())).isEqualTo(odd);
  }

  @Test
  void anEventOfSeveralLines_isAnObjectForEachOfThem() {
    write(null, LogEntry.of(T0, LogStream.STDOUT, "one\n\nthree"));

    assertThat(sink.text().lines().map(JsonLineWriterTest::text))
        .containsExactly("one", "", "three");
  }

  @Test
  void piecesOfALine_areOneObject() {
    write(
        null,
        new LogEntry(T0, LogStream.STDOUT, "a", true),
        new LogEntry(T0.plusNanos(1), LogStream.STDOUT, "b", true),
        new LogEntry(T0.plusNanos(2), LogStream.STDOUT, "c", false));

    assertThat(sink.text().lines().map(JsonLineWriterTest::text)).containsExactly("abc");
  }

  private void write(@Nullable String task, LogEntry... entries) {
    ContainerLog part =
        new ContainerLog(
            new ContainerRef("ns", "p", null, "step-build"),
            new TimeRange(T0, null),
            task,
            "build");
    ChunkWriter out = new ChunkWriter(sink);
    LineAssembler assembler = new LineAssembler(new JsonLineWriter(out, part));
    for (LogEntry entry : entries) {
      assembler.accept(entry);
    }
    assembler.finish();
    out.flush();
  }

  private static String text(String line) {
    JsonNode object = new JsonMapper().readTree(line);
    return object.get("text").stringValue();
  }
}

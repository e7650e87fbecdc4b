// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineAssemblerTest {

  private static final Instant T0 = Instant.parse("2026-08-20T10:00:00Z");

  private final CollectingSink sink = new CollectingSink();

  @Test
  void wholeLines_areWrittenAsTheyAreEachWithANewline() {
    assertThat(text(out("a"), out(""), out(" \t\rb\u001b[31m")))
        .isEqualTo("a\n\n \t\rb\u001b[31m\n");
  }

  @Test
  void pieces_becomeOneLine() {
    assertThat(text(outPart("one "), outPart("long "), out("line"), out("next")))
        .isEqualTo("one long line\nnext\n");
  }

  @Test
  void linesOfTheOtherStreamBetweenPieces_comeAfterTheLineThatBeganBeforeThem() {
    assertThat(text(outPart("o1 "), err("e1"), outPart("o2 "), err("e2"), out("o3"), err("e3")))
        .isEqualTo("o1 o2 o3\ne1\ne2\ne3\n");
  }

  @Test
  void piecesOfBothStreamsInterleaved_becomeTwoWholeLines() {
    assertThat(
            text(
                outPart("o1 "),
                errPart("e1 "),
                outPart("o2 "),
                errPart("e2 "),
                out("o3"),
                err("e3")))
        .isEqualTo("o1 o2 o3\ne1 e2 e3\n");
  }

  @Test
  void lineWithoutAnEnd_endsWithTheLog() {
    assertThat(text(out("a"), outPart("cut of"), err("e1"), errPart("e2")))
        .isEqualTo("a\ncut of\ne1\ne2\n");
  }

  @Test
  void tooManyEntriesAfterALineWithoutAnEnd_areAnErrorNotAGuess() {
    LineAssembler assembler = assembler(null, false);
    assembler.accept(outPart("never ends"));
    for (int i = 0; i < LineAssembler.MAX_WAITING; i++) {
      assembler.accept(err("e"));
    }

    assertThatThrownBy(() -> assembler.accept(err("one too many")))
        .isInstanceOfSatisfying(
            LogBackendException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INCOMPLETE));
  }

  @Test
  void aLineOfManyPieces_isNotHeld() {
    LineAssembler assembler = assembler(null, false);
    String piece = "x".repeat(16 * 1024);
    for (int i = 0; i < 8; i++) {
      assembler.accept(outPart(piece));
    }

    assertThat(sink.chunks).hasSize(3); // of 128 KiB, all but what may still fill a chunk
  }

  @Test
  void prefixAndTimestamp_standBeforeEachLineAlsoOfAnEventOfSeveral() {
    LineAssembler assembler = assembler("[build] ", true);
    assembler.accept(out("one\ntwo"));
    assembler.accept(outPart("three "));
    assembler.accept(out("goes on"));

    assertThat(finish(assembler))
        .isEqualTo(
            """
            2026-08-20T10:00:00.000000000Z [build] one
            2026-08-20T10:00:00.000000000Z [build] two
            2026-08-20T10:00:00.000000000Z [build] three goes on
            """);
  }

  private ChunkWriter chunks;

  private LineAssembler assembler(String prefix, boolean timestamps) {
    chunks = new ChunkWriter(sink);
    return new LineAssembler(new LineWriter(chunks, prefix, timestamps));
  }

  private String text(LogEntry... entries) {
    LineAssembler assembler = assembler(null, false);
    List.of(entries).forEach(assembler::accept);
    return finish(assembler);
  }

  private String finish(LineAssembler assembler) {
    assembler.finish();
    chunks.flush();
    return sink.text();
  }

  private static LogEntry out(String text) {
    return LogEntry.of(T0, LogStream.STDOUT, text);
  }

  private static LogEntry err(String text) {
    return LogEntry.of(T0, LogStream.STDERR, text);
  }

  private static LogEntry outPart(String text) {
    return new LogEntry(T0, LogStream.STDOUT, text, true);
  }

  private static LogEntry errPart(String text) {
    return new LogEntry(T0, LogStream.STDERR, text, true);
  }
}

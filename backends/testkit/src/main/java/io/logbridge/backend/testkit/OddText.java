// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

/** Lines that have broken somebody's log viewer, shipper or query. */
enum OddText {
  EMPTY(""),
  SPACES("   "),
  LEADING_SPACES("    at io.example.Main.main(Main.java:1)"),
  TRAILING_SPACES("text   "),
  TAB("a\tb\t"),
  CARRIAGE_RETURN("10 %\r20 %\r100 %"),
  TRAILING_CARRIAGE_RETURN("windows\r"),
  ONLY_CARRIAGE_RETURN("\r"),
  INNER_NEWLINES("one\ntwo\n\nfour"),
  ANSI_COLOURS("\u001b[1;31merror\u001b[0m \u001b[2K\u001b[1G"),
  QUOTES("\"double\" 'single' `back`"),
  BACKSLASHES("C:\\temp\\new \\n \\u0041 \\"),
  JSON("{\"log\":\"x\",\"n\":1e400,\"@timestamp\":\"1999-01-01T00:00:00Z\"}"),
  BROKEN_JSON("{\"log\":\"x"),
  LOGFMT("level=info msg=\"it is\" stream=stderr"),
  RUNTIME_FORMAT("2026-11-20T08:00:00.000000000Z stderr P text"),
  HTML("<b>&amp;</b><!-- -->]]>"),
  QUERY_SYNTAX("{a=~\".*\"} |= `x` | delete OR *:* AND NOT (a:[* TO *]) ${jndi:x} %s %1$n"),
  MACRO("::error file=a,line=1::text"),
  NUL("a\u0000b"),
  CONTROL("\u0001\u0002\u0008\u000b\u000c\u001f\u007f"),
  NEXT_LINE("a\u0085b\u2028c\u2029d"),
  NO_BREAK_SPACES("\u00a0a\u2007b\u202f"),
  BYTE_ORDER_MARK("\ufefftext\ufeff"),
  REPLACEMENT("a\ufffdb"),
  NONCHARACTERS("\ufdd0\uffff\udbff\udfff"),
  EMOJI("\ud83d\ude80 \ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67 \ud83c\udde9\ud83c\uddea"),
  COMBINING("e\u0301 a\u030a Z\u0351\u036b\u0343\u036a\u0302"),
  RIGHT_TO_LEFT("\u05e9\u05dc\u05d5\u05dd \u202eabc\u202c \u0645\u0631\u062d\u0628\u0627"),
  WIDE("\u4f60\u597d\uff0c\u4e16\u754c"),
  PRIVATE_USE("\ue000\uf8ff\udb80\udc00"),
  ;

  private final String text;

  OddText(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}

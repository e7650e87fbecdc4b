// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.backend.LogStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the lines of one container as JSON, an object for each. A long line is passed on piece by
 * piece, so {@code text} comes last.
 */
final class JsonLineWriter implements LineSink {

  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();
  private static final byte[] END = "\"}\n".getBytes(StandardCharsets.UTF_8);

  private final ChunkWriter out;

  /** What the objects of this container have in common, but for the stream. */
  private final byte[] origin;

  private byte[] head = {};

  JsonLineWriter(ChunkWriter out, ContainerLog part) {
    this.out = out;
    this.origin = origin(part);
  }

  private static byte[] origin(ContainerLog part) {
    ObjectNode origin = JSON.createObjectNode();
    origin
        .put("namespace", part.container().namespace())
        .put("pod", part.container().pod())
        .put("container", part.container().container());
    if (part.task() != null) {
      origin.put("task", part.task());
    }
    origin.put("step", part.step());
    String json = JSON.writeValueAsString(origin);
    return ("\"," + json.substring(1, json.length() - 1)).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void begin(Instant writtenAt, LogStream stream) {
    head = head(writtenAt, stream);
    out.write(head);
  }

  private byte[] head(Instant writtenAt, LogStream stream) {
    byte[] time =
        ("{\"time\":\"" + Timestamps.format(writtenAt).strip()).getBytes(StandardCharsets.UTF_8);
    byte[] rest =
        switch (stream) {
          case STDOUT, STDERR ->
              (",\"stream\":\"" + stream.name().toLowerCase(Locale.ROOT) + "\",\"text\":\"")
                  .getBytes(StandardCharsets.UTF_8);
          case UNKNOWN -> ",\"text\":\"".getBytes(StandardCharsets.UTF_8);
        };
    byte[] all = new byte[time.length + origin.length + rest.length];
    System.arraycopy(time, 0, all, 0, time.length);
    System.arraycopy(origin, 0, all, time.length, origin.length);
    System.arraycopy(rest, 0, all, time.length + origin.length, rest.length);
    return all;
  }

  @Override
  public void text(String text) {
    int from = 0;
    for (int newline = text.indexOf('\n'); newline >= 0; newline = text.indexOf('\n', from)) {
      quote(text.substring(from, newline));
      out.write(END);
      out.write(head);
      from = newline + 1;
    }
    quote(text.substring(from));
  }

  @Override
  public void end() {
    out.write(END);
  }

  private void quote(String text) {
    out.write(new String(ENCODER.quoteAsCharArray(text)));
  }
}

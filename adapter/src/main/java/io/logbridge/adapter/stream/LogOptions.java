// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.backend.LogStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants of a log, in the words of Kubernetes' {@code PodLogOptions}.
 *
 * @param containers names of containers or of steps; empty for all steps and sidecars
 * @param since leaves out lines that were written before; {@code null} for none
 * @param until leaves out lines that were written then or later; {@code null} for none
 * @param tailLines only the last so many lines; {@code null} for all
 * @param limitBytes at most so many bytes, in JSON only whole objects; {@code null} for all
 * @param timestamps whether each line begins with its time
 * @param prefix whether each line begins with its step; {@code null} for the server's default
 * @param follow whether to wait for what a running run has yet to write
 * @param events whether the events of the run stand among the lines
 * @param format what a line looks like
 * @param stream only lines that were written to this output; {@code null} for both
 */
public record LogOptions(
    List<String> containers,
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable Integer tailLines,
    @Nullable Long limitBytes,
    boolean timestamps,
    @Nullable Boolean prefix,
    boolean follow,
    boolean events,
    LogFormat format,
    @Nullable LogStream stream) {

  /** As many as anybody can have meant. */
  public static final int MAX_TAIL_LINES = Integer.MAX_VALUE;

  /** The whole log, as the server writes it by default. */
  public static final LogOptions NONE =
      new LogOptions(
          List.of(), null, null, null, null, false, null, false, false, LogFormat.TEXT, null);

  public LogOptions {
    if (stream != null && tailLines != null) {
      // Which lines are the last of one output is not known before all have been looked at.
      throw RequestException.invalid(
          "tailLines", tailLines.toString(), "not together with a stream");
    }
    if (since != null && until != null && until.isBefore(since)) {
      throw RequestException.invalid("until", until.toString(), "not before " + since);
    }
    if (until != null && follow) {
      throw RequestException.invalid("until", until.toString(), "not together with follow");
    }
    if (tailLines != null && tailLines < 0) {
      throw RequestException.invalid(
          "tailLines", tailLines.toString(), "a whole number from 0 to " + MAX_TAIL_LINES);
    }
    if (limitBytes != null && limitBytes < 1) {
      throw RequestException.invalid("limitBytes", limitBytes.toString(), "a whole number >= 1");
    }
  }

  /** The same without the events. */
  LogOptions withoutEvents() {
    return new LogOptions(
        containers,
        since,
        until,
        tailLines,
        limitBytes,
        timestamps,
        prefix,
        follow,
        false,
        format,
        stream);
  }
}

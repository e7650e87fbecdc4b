// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.record.LogName;
import io.logbridge.adapter.record.RunEvent;
import io.logbridge.backend.LogQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to be read for a call, known before the log store is asked.
 *
 * @param name of the log; {@code null} if no record has one
 * @param parts the containers, in the order in which their logs are written
 * @param options what the caller wants of them
 * @param prefixed whether lines begin with their part's label
 * @param settled whether everything that the run wrote must have reached the store by now
 * @param missing what the log will lack although all parts are read; {@code null} for nothing. The
 *     call ends with this as its error
 * @param unconfirmed names that the caller asked for and that the record does not know: an error if
 *     the store does not know them either; {@code null} for none
 * @param events to be put among the lines, in the order of time
 * @param ofPod whether it is of one container of one pod, whatever else the run has or will have
 */
public record LogPlan(
    @Nullable LogName name,
    List<ContainerLog> parts,
    LogOptions options,
    boolean prefixed,
    boolean settled,
    @Nullable String missing,
    @Nullable String unconfirmed,
    List<RunEvent> events,
    boolean ofPod) {

  /** A plan of a run, without events. */
  LogPlan(
      @Nullable LogName name,
      List<ContainerLog> parts,
      LogOptions options,
      boolean prefixed,
      boolean settled,
      @Nullable String missing,
      @Nullable String unconfirmed) {
    this(name, parts, options, prefixed, settled, missing, unconfirmed, List.of(), false);
  }

  /** A plan of one container of a pod. */
  LogPlan(
      @Nullable LogName name,
      ContainerLog part,
      LogOptions options,
      boolean prefixed,
      boolean settled) {
    this(name, List.of(part), options, prefixed, settled, null, null, List.of(), true);
  }

  /**
   * The same with these events, which are in the order of time.
   *
   * @param asked what the caller wants, which may be events where there are none
   */
  LogPlan with(List<RunEvent> those, LogOptions asked) {
    return new LogPlan(
        name, parts, asked, prefixed, settled, missing, unconfirmed, List.copyOf(those), ofPod);
  }

  /** Whether the options leave nothing of the time in which the containers ran. */
  public boolean isEmpty() {
    return parts.stream().allMatch(part -> part.range().isEmpty());
  }

  /** What is asked of the log store when all is read, container after container. */
  public List<LogQuery> queries() {
    return parts.stream().map(part -> LogQuery.forward(part.container(), part.range())).toList();
  }

  /** Whether the containers run no more. */
  public boolean hasEnded() {
    return parts.stream().allMatch(part -> part.range().end() != null);
  }

  /**
   * What to say of an empty log that nobody expects to be empty: many a store answers a question
   * for a field, a label or a tenant that it does not know as one for a log without lines.
   *
   * @return {@code null} for nothing
   */
  @Nullable String warningOfNothing() {
    Integer tail = options.tailLines();
    boolean whole =
        options.since() == null && options.until() == null && (tail == null || tail > 0);
    if (!whole || !settled || parts.isEmpty()) {
      return null;
    }
    return "the store has no lines of this log, though its containers have run (expected: some,"
        + " unless they print nothing; logbridge check looks for settings that are wrong)";
  }

  /**
   * Ends a call that has written all that there is, if that is not all that there should be.
   *
   * @param anything whether there was anything
   */
  void throwIfLacking(boolean anything) {
    Integer tail = options.tailLines();
    if (unconfirmed != null && !anything && (tail == null || tail > 0)) {
      throw new RequestException(Code.NOT_FOUND, unconfirmed);
    }
    if (missing != null) {
      throw new RequestException(Code.DATA_LOSS, missing);
    }
  }
}

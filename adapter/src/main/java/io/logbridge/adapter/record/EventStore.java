// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import io.logbridge.adapter.record.Run.Attempt;
import io.logbridge.adapter.record.Run.PipelineRun;
import io.logbridge.adapter.record.Run.TaskRun;
import io.logbridge.backend.Deadline;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the events of runs in EventList records (TEP-0155): in the list that the run's record names
 * in its annotation, or that has the name which the watcher gives to the run's list; failing that,
 * among all lists of the result. Safe for use by many threads.
 */
public final class EventStore {

  private static final String RUN =
      """
      SELECT result_id, data->'metadata'->'annotations'->>'results.tekton.dev/eventlist' AS annotated
        FROM records
       WHERE parent = ? AND result_name = ? AND (name = ? OR data->'metadata'->>'uid' = ?)
         AND (type LIKE '%TaskRun' OR type LIKE '%PipelineRun')
       LIMIT 1
      """;

  private static final String LISTS =
      """
      SELECT data FROM records
       WHERE parent = ? AND result_name = ? AND type LIKE 'results.tekton.dev/%.EventList'
      """;

  private static final String NAMED_LISTS = LISTS + " AND name = ANY (?)";

  private final Database database;

  public EventStore(Database database) {
    this.database = database;
  }

  /**
   * The events of a run and of its pods, but not of the TaskRuns of a PipelineRun.
   *
   * @param name of a log in the result that has the run
   * @return in the order of time; empty if nobody recorded any
   * @throws io.logbridge.adapter.error.RequestException {@code UNAVAILABLE} if the database fails
   */
  public List<RunEvent> of(LogName name, Run run, Deadline deadline) {
    List<RunEvent> events =
        lists(NAMED_LISTS, name, deadline, (Object) listNames(name, run, deadline));
    if (events.isEmpty()) {
      events = lists(LISTS, name, deadline).stream().filter(event -> isAbout(event, run)).toList();
    }
    return events.stream().sorted(Comparator.comparing(RunEvent::time)).toList();
  }

  private String[] listNames(LogName name, Run run, Deadline deadline) {
    return database.query(
        RUN,
        deadline,
        statement -> {
          Parameters.bind(statement, name.parent(), name.result(), run.uid(), run.uid());
          try (ResultSet rows = statement.executeQuery()) {
            return rows.next()
                ? Dependents.eventLists(
                    new ResultName(name.parent(), name.result()),
                    rows.getString("result_id"),
                    Columns.text(rows, "annotated"),
                    run.uid())
                : new String[0];
          }
        });
  }

  private List<RunEvent> lists(String sql, LogName name, Deadline deadline, Object... names) {
    return database.query(
        sql,
        deadline,
        statement -> {
          Parameters parameters = new Parameters(statement);
          parameters.add(name.parent()).add(name.result());
          for (Object value : names) {
            parameters.add(value);
          }
          List<RunEvent> events = new ArrayList<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              events.addAll(EventParser.events(Columns.text(rows, "data")));
            }
          }
          return events;
        });
  }

  private static boolean isAbout(RunEvent event, Run run) {
    return EventParser.involvedUid(event).equals(run.uid())
        || (event.kind().equals("Pod") && pods(run).contains(event.name()));
  }

  private static Set<String> pods(Run run) {
    return switch (run) {
      case TaskRun taskRun ->
          taskRun.attempts().stream().map(Attempt::pod).collect(Collectors.toUnmodifiableSet());
      case PipelineRun _ -> Set.of();
    };
  }
}

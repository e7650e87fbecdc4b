// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import io.logbridge.adapter.filter.SqlCondition;
import io.logbridge.backend.Deadline;

/** Lists the records of logs. Safe for use by many threads. */
public final class LogRecordStore {

  private static final String IS_LOG =
      "(log.type LIKE 'results.tekton.dev/%.Log' OR log.type LIKE 'results.tekton.dev/%.TaskRunLog')";

  private static final String STORED =
      """
      SELECT parent, result_id, result_name, name, id, type, data, etag, created_time, updated_time
        FROM records log
       WHERE
      """
          + IS_LOG;

  /** As much of a Log as its TaskRun says; the rest is filled in for all of them. */
  private static final String MADE_UP =
      """
      SELECT parent, result_id, result_name, name, id, 'results.tekton.dev/v1alpha3.Log',
             jsonb_build_object(
               'metadata', jsonb_build_object(
                 'name', (data->'metadata'->>'name') || '-log',
                 'namespace', data->'metadata'->'namespace'),
               'spec', jsonb_build_object(
                 'resource', jsonb_build_object(
                   'kind', 'TaskRun',
                   'namespace', data->'metadata'->'namespace',
                   'name', data->'metadata'->'name',
                   'uid', data->'metadata'->'uid'))),
             etag, created_time, updated_time
        FROM records run
       WHERE run.type LIKE '%TaskRun'
         AND NOT EXISTS (
           SELECT 1 FROM records log
            WHERE log.parent = run.parent AND log.result_id = run.result_id
              AND (log.data->'spec'->'resource'->>'uid' = run.data->'metadata'->>'uid'
                   OR log.data->'spec'->'taskRunRef'->>'uid' = run.data->'metadata'->>'uid'
                   OR log.data->'spec'->>'recordName'
                      = run.parent || '/results/' || run.result_name || '/records/' || run.name
                   OR (log.data->'spec'->'taskRunRef'->>'uid' IS NULL
                       AND log.data->'spec'->'taskRunRef'->>'name'
                           = run.data->'metadata'->>'name'))
              AND
      """
          + IS_LOG
          + ")";

  /**
   * The Log and TaskRunLog records, and for each TaskRun without any a Log that nobody wrote. It
   * looks like a table of records, so that whatever filters and orders those does it here too.
   */
  private static final String SELECT =
      """
      SELECT parent, result_id, result_name, name, id, type, data::text AS data, etag, created_time,
             updated_time
        FROM (
      """
          + STORED
          + " UNION ALL "
          + MADE_UP
          + ") AS records ";

  private final Database database;

  public LogRecordStore(Database database) {
    this.database = database;
  }

  /**
   * A page of logs.
   *
   * @return its rows, in order; each named as the record that it is, or as that of the TaskRun that
   *     it was made of
   */
  public Rows<RecordStore.Row> list(
      Scope scope, SqlCondition filter, Keyset keyset, PageLimit limit, Deadline deadline) {
    Condition condition = scope.ofRecords().and(Condition.of(filter));
    return PageQuery.oneMore(SELECT, condition, keyset, limit)
        .run(database, limit, deadline, RecordStore::row, RecordStore::size);
  }
}

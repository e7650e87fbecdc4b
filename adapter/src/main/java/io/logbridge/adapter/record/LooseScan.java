// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

/**
 * Statements that read of many records with the same value the first: each step goes on to the next
 * value in an index, however many records lie between.
 *
 * @see <a href="https://wiki.postgresql.org/wiki/Loose_indexscan">Loose index scan</a>
 */
final class LooseScan {

  /** The name of the pipeline that a PipelineRun is of. */
  static final String PIPELINE = "data->'spec'->'pipelineRef'->>'name'";

  private LooseScan() {}

  /**
   * The namespaces of records.
   *
   * @param condition on the records; its parameters are bound twice, the limit after them
   */
  static String namespaces(Condition condition) {
    return """
    WITH RECURSIVE found AS (
      (SELECT parent FROM records WHERE %1$s ORDER BY parent LIMIT 1)
      UNION ALL
      SELECT next.parent
        FROM found, LATERAL (SELECT parent FROM records
                              WHERE parent > found.parent AND %1$s
                              ORDER BY parent LIMIT 1) AS next)
    SELECT parent, parent AS id, NULL::timestamptz AS created_time, '{}' AS data,
           (SELECT min(created_time) FROM records WHERE records.parent = found.parent)
             AS updated_time
      FROM found LIMIT ?
    """
        .formatted(condition.sql());
  }

  /**
   * Of each pipeline the youngest PipelineRun.
   *
   * @param condition on the records; its parameters are bound twice, the limit after them
   */
  static String pipelines(Condition condition) {
    return """
    WITH RECURSIVE found AS (
      (SELECT parent, result_id, id, %2$s AS pipeline FROM records
        WHERE %1$s ORDER BY parent, %2$s, created_time DESC, id DESC LIMIT 1)
      UNION ALL
      SELECT next.*
        FROM found, LATERAL (SELECT parent, result_id, id, %2$s AS pipeline FROM records
                              WHERE (parent, %2$s) > (found.parent, found.pipeline) AND %1$s
                              ORDER BY parent, %2$s, created_time DESC, id DESC LIMIT 1) AS next)
    SELECT records.parent, found.parent || '/' || found.pipeline AS id,
           NULL::timestamptz AS created_time, updated_time, data
      FROM found JOIN records USING (parent, result_id, id) LIMIT ?
    """
        .formatted(condition.sql(), PIPELINE);
  }
}

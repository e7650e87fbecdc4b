// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import java.util.Collections;

/**
 * The statements on the table {@code records}: with the column that keeps documents as they were
 * written, or without it where only Tekton Results has made the tables.
 */
record RecordSql(String select, String insert, String update) {

  /** The condition on the row of one name. */
  static final String NAMED = " WHERE parent = ? AND result_name = ? AND name = ?";

  static RecordSql keepingDataAsWritten() {
    return of("COALESCE(data_as_written, data::text)", ", data_as_written", ", json", true);
  }

  static RecordSql ofTektonResults() {
    return of("data::text", "", "", false);
  }

  private static RecordSql of(String json, String column, String value, boolean keeps) {
    return new RecordSql(
        """
        SELECT parent, result_id, result_name, name, id, type, %s AS data, etag, created_time,
               updated_time
          FROM records
        """
            .formatted(json),
        // The document is sent once and used twice.
        """
        INSERT INTO records (parent, result_id, result_name, id, name, type, created_time,
                             updated_time, etag, data%s)
        SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, json::jsonb%s FROM (SELECT ?::text AS json) AS written
        """
            .formatted(column, value),
        """
        UPDATE records SET type = ?, updated_time = ?, etag = ?, data = json::jsonb%s
          FROM (SELECT ?::text AS json) AS written
         WHERE parent = ? AND result_id = ? AND id = ?
        """
            .formatted(keeps ? ", data_as_written = json" : ""));
  }

  String selectNamed() {
    return select + NAMED;
  }

  /** Of so many names at once; a name that is given twice has its row twice. */
  String selectNamed(int names) {
    return names == 1
        ? selectNamed()
        : """
        SELECT found.* FROM (VALUES %s) AS wanted (parent, result_name, name)
         CROSS JOIN LATERAL (%s
                              WHERE parent = wanted.parent AND result_name = wanted.result_name
                                AND name = wanted.name
                              LIMIT 1) AS found
        """
            .formatted(
                String.join(", ", Collections.nCopies(names, "(?::text, ?::text, ?::text)")),
                select);
  }

  /** What the deletion of a record needs to know of it; locks it. */
  static String selectOwner() {
    return """
    SELECT result_id, data->'metadata'->>'uid' AS run_uid,
           CASE WHEN type LIKE '%TaskRun' THEN data->'metadata'->>'name' END AS task_run,
           data->'metadata'->'annotations'->>'results.tekton.dev/eventlist' AS event_list
      FROM records
    """
        + NAMED
        + " FOR UPDATE";
  }
}

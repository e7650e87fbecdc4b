// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.ObjectStore;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.adapter.stream.ManualTimer;
import io.logbridge.backend.Deadline;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A database of a test, with what tests put into it and ask of it. */
final class Archive implements AutoCloseable {

  /** What time it is for all that depends on it. */
  static final Instant NOW = Instant.parse("2026-08-20T12:00:00Z");

  static final String TASK_RUN = "tekton.dev/v1.TaskRun";
  static final String PIPELINE_RUN = "tekton.dev/v1.PipelineRun";
  static final String EVENT_LIST = "results.tekton.dev/v1.EventList";

  private static final JsonMapper JSON = new JsonMapper();

  private final Database database = Database.open(TestDatabase.empty(true));
  private final ManualTimer timer = new ManualTimer();
  private final KubeObjects objects =
      new KubeObjects(
          new ObjectStore(database), InstantSource.fixed(NOW), timer, Duration.ofMillis(200));
  private int records;

  /**
   * Archives an object a second after the one before.
   *
   * @param json with apostrophes for quotation marks
   */
  void add(String namespace, String type, String json) {
    records++;
    String record = "r" + records;
    TestDatabase.record(
        database, namespace + "/results/x/records/" + record, type, json.replace('\'', '"'));
    TestDatabase.execute(
        database,
        """
        UPDATE records SET created_time = '2026-08-20 10:00:00+00'::timestamptz + ?::interval,
                           updated_time = '2026-08-20 11:00:00+00'::timestamptz + ?::interval
         WHERE parent = ? AND name = ?
        """,
        records + " s",
        records + " s",
        namespace,
        record);
  }

  /** Archives an object in this moment. */
  void addNow(String namespace, String type, String json) {
    records++;
    TestDatabase.record(
        database, namespace + "/results/x/records/r" + records, type, json.replace('\'', '"'));
  }

  /** Writes the record of an object again, in this moment. */
  void update(String namespace, String name, String json) {
    TestDatabase.execute(
        database,
        """
        UPDATE records SET data = ?::jsonb, updated_time = clock_timestamp()
         WHERE parent = ? AND data->'metadata'->>'name' = ?
        """,
        json.replace('\'', '"'),
        namespace,
        name);
  }

  void delete(String namespace, String name) {
    TestDatabase.execute(
        database,
        "DELETE FROM records WHERE parent = ? AND data->'metadata'->>'name' = ?",
        namespace,
        name);
  }

  /** Says when watches look at the database. */
  ManualTimer timer() {
    return timer;
  }

  Database database() {
    return database;
  }

  KubeObjects objects() {
    return objects;
  }

  JsonNode get(KubeResource resource, @Nullable String namespace, String name) {
    return read(objects.get(resource, namespace, name, Presentation.OBJECTS, Deadline.never()));
  }

  JsonNode list(KubeResource resource, @Nullable String namespace, ListOptions options) {
    return list(resource, namespace, options, Presentation.OBJECTS);
  }

  JsonNode list(
      KubeResource resource,
      @Nullable String namespace,
      ListOptions options,
      Presentation presentation) {
    return read(objects.list(resource, namespace, options, presentation, Deadline.never()));
  }

  List<String> names(KubeResource resource, @Nullable String namespace, ListOptions options) {
    return names(list(resource, namespace, options));
  }

  static List<String> names(JsonNode list) {
    return list.path("items")
        .valueStream()
        .map(object -> object.path("metadata").path("name").stringValue())
        .toList();
  }

  static ListOptions labels(String selector) {
    return new ListOptions(selector, "", 0, "");
  }

  static ListOptions fields(String selector) {
    return new ListOptions("", selector, 0, "");
  }

  static JsonNode json(String text) {
    return JSON.readTree(text.replace('\'', '"'));
  }

  static JsonNode read(KubeAnswer answer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    answer.writeTo(bytes);
    return JSON.readTree(bytes.toByteArray());
  }

  @Override
  public void close() {
    database.close();
  }
}

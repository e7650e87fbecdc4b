// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Which archived objects are looked for; each method narrows it. */
public final class ObjectSearch {

  /** The kinds of records that objects are made of. */
  public enum Kind {
    TASK_RUN("", "TaskRun", true),
    PIPELINE_RUN("", "PipelineRun", true),
    EVENT_LIST("results.tekton.dev/", ".EventList", false);

    private final String prefix;
    private final String suffix;
    private final boolean named;

    Kind(String prefix, String suffix, boolean named) {
      this.prefix = prefix;
      this.suffix = suffix;
      this.named = named;
    }

    /** Whether a record of this type is of the kind. */
    public boolean includes(String type) {
      return type.startsWith(prefix) && type.endsWith(suffix);
    }

    /** The condition on rows of {@code records}; written as partial indexes have it. */
    String condition() {
      return "type LIKE '" + prefix + "%" + suffix + "'";
    }
  }

  /** How much of an object is read. */
  public enum Part {
    WHOLE("data"),
    /** Without what a line about it never shows, which may be most of it. */
    BRIEF(
        """
        (data #- '{metadata,managedFields}' #- '{status,taskSpec}' #- '{status,pipelineSpec}'
              #- '{status,provenance}') - 'spec'
        """);

    private final String expression;

    Part(String expression) {
      this.expression = expression;
    }
  }

  private final Kind kind;
  private final Condition condition;
  private final Part part;

  private ObjectSearch(Kind kind, Condition condition, Part part) {
    this.kind = kind;
    this.condition = condition;
    this.part = part;
  }

  /**
   * All of a kind.
   *
   * @param namespace {@code null} for all
   */
  public static ObjectSearch all(Kind kind, @Nullable String namespace, Part part) {
    return new ObjectSearch(
        kind, Condition.of(kind.condition()).and(Condition.equal("parent", namespace)), part);
  }

  /** Those of this name in Kubernetes. */
  public ObjectSearch named(String name) {
    return and(Condition.equal("data->'metadata'->>'name'", name));
  }

  /** TaskRuns that had this pod, in their last attempt or in an earlier one. */
  public ObjectSearch withPod(String pod) {
    // Both comparisons are those of an index.
    return and(
        Condition.of(
            """
            data->'status'->>'podName' = ?
            OR data->'status'->'retriesStatus'
               @> jsonb_build_array(jsonb_build_object('podName', ?::text))
            """,
            pod,
            pod));
  }

  /**
   * Lists with an item that has the fields of this one.
   *
   * @param item the fields that have to be there, with their values
   */
  public ObjectSearch withItem(ObjectNode item) {
    String items = JsonNodeFactory.instance.arrayNode().add(item).toString();
    return and(Condition.of("data->'items' @> ?::jsonb", items));
  }

  /**
   * Those that the selector selects, and perhaps others where the database cannot compare as
   * Kubernetes does.
   */
  public ObjectSearch labelled(LabelSelector labels) {
    return and(LabelConditions.of(labels));
  }

  private ObjectSearch and(Condition further) {
    return new ObjectSearch(kind, condition.and(further), part);
  }

  /** The SELECT clause, up to the table. */
  String select() {
    return "SELECT parent, id, created_time, updated_time, "
        + part.expression
        + " AS data FROM records";
  }

  Condition condition() {
    return kind.named ? condition.and(newest()) : condition;
  }

  /**
   * Of all that have had the same name one after the other, only the last counts: a name leads to
   * one object.
   */
  private Condition newest() {
    return Condition.of(
        """
        NOT EXISTS (SELECT 1 FROM records AS newer
                     WHERE newer.data->'metadata'->>'name' = records.data->'metadata'->>'name'
                       AND newer.parent = records.parent AND newer.%s
                       AND (newer.created_time, newer.id) > (records.created_time, records.id))
        """
            .formatted(kind.condition()));
  }
}

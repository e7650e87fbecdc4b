// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import io.logbridge.adapter.record.EventParser;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The columns that {@code kubectl get} shows of each resource. */
final class Columns {

  private static final String NOTHING = "<none>";
  private static final String UNKNOWN = "<unknown>";

  private final InstantSource clock;

  Columns(InstantSource clock) {
    this.clock = clock;
  }

  List<Column> of(KubeResource resource) {
    return switch (resource) {
      case NAMESPACES ->
          List.of(Column.ofNames(), status(object -> Json.text(object, "status", "phase")), age());
      case PODS -> pods();
      case EVENTS -> events();
      case TASKRUNS, PIPELINERUNS -> runs();
      case PIPELINES -> List.of(Column.ofNames(), age());
    };
  }

  private List<Column> pods() {
    return List.of(
        Column.ofNames(),
        Column.text(
            "Ready", "How many of the containers are ready.", object -> PodStatus.ready(object)),
        status(PodStatus::reason),
        Column.text("Restarts", "How often containers were restarted.", _ -> "0"),
        age(),
        Column.text("IP", "Address of the pod; not archived.", _ -> NOTHING).wide(),
        Column.text("Node", "Node of the pod; not archived.", _ -> NOTHING).wide(),
        Column.text("Nominated Node", "Not archived.", _ -> NOTHING).wide(),
        Column.text("Readiness Gates", "Not archived.", _ -> NOTHING).wide());
  }

  private List<Column> runs() {
    return List.of(
        Column.ofNames(),
        Column.text(
            "Succeeded", "Whether the run succeeded.", object -> succeeded(object, "status")),
        Column.text("Reason", "Why.", object -> succeeded(object, "reason")),
        since("StartTime", "How long ago the run began.", "startTime"),
        since("CompletionTime", "How long ago the run ended.", "completionTime"),
        Column.text("Duration", "How long the run took, or has taken so far.", this::duration));
  }

  private List<Column> events() {
    return List.of(
        Column.text("Last Seen", "How long ago it happened last.", this::lastSeen),
        Column.text("Type", "Normal or Warning.", object -> Json.text(object, "type")),
        Column.text("Reason", "What happened, in a word.", object -> Json.text(object, "reason")),
        Column.text("Object", "To what it happened.", Columns::involved),
        Column.text(
                "Subobject",
                "To what part of it.",
                object -> Json.text(object, "involvedObject", "fieldPath"))
            .wide(),
        Column.text("Source", "Who says so.", Columns::source).wide(),
        Column.text("Message", "What happened.", object -> Json.text(object, "message").strip()),
        Column.text("First Seen", "How long ago it happened first.", this::firstSeen).wide(),
        Column.text("Count", "How often it happened.", Columns::count).wide(),
        Column.text("Name", "Name of the event.", object -> Json.text(object, "metadata", "name"))
            .wide());
  }

  private static Column status(Function<ObjectNode, String> cell) {
    return Column.text("Status", "State of the object.", cell);
  }

  private Column age() {
    return Column.text(
        "Age",
        "How long ago the object was created.",
        object -> since(Json.time(object.path("metadata").path("creationTimestamp"))));
  }

  private Column since(String name, String description, String field) {
    return Column.text(
        name,
        description,
        object -> {
          Instant time = Json.time(object.path("status").path(field));
          return time == null ? "" : since(time);
        });
  }

  private String since(@Nullable Instant time) {
    return time == null ? UNKNOWN : HumanDuration.text(Duration.between(time, clock.instant()));
  }

  private String duration(ObjectNode run) {
    Instant start = Json.time(run.path("status").path("startTime"));
    Instant end = Json.time(run.path("status").path("completionTime"));
    if (start == null) {
      return "";
    }
    return HumanDuration.text(Duration.between(start, end == null ? clock.instant() : end));
  }

  private static String succeeded(ObjectNode run, String field) {
    return Json.elements(run.path("status").path("conditions"))
        .filter(condition -> Json.text(condition, "type").equals("Succeeded"))
        .map(condition -> Json.text(condition, field))
        .findFirst()
        .orElse("");
  }

  private String lastSeen(ObjectNode event) {
    Instant time = EventParser.time(event);
    return since(time.equals(Instant.EPOCH) ? null : time);
  }

  private String firstSeen(ObjectNode event) {
    Instant first = Json.time(event.path("firstTimestamp"));
    return since(first == null ? Json.time(event.path("eventTime")) : first);
  }

  private static String involved(ObjectNode event) {
    String kind = Json.text(event, "involvedObject", "kind").toLowerCase(Locale.ROOT);
    String name = Json.text(event, "involvedObject", "name");
    return name.isEmpty() ? kind : kind + "/" + name;
  }

  private static String source(ObjectNode event) {
    String component = Json.text(event, "source", "component");
    String host = Json.text(event, "source", "host");
    if (component.isEmpty()) {
      component = Json.text(event, "reportingComponent");
      host = Json.text(event, "reportingInstance");
    }
    return host.isEmpty() ? component : component + ", " + host;
  }

  private static String count(ObjectNode event) {
    int series = event.path("series").path("count").asInt(0);
    return Integer.toString(series > 0 ? series : Math.max(1, event.path("count").asInt(1)));
  }
}

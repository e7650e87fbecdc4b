// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import io.logbridge.adapter.kube.object.ObjectCursor.Pages;
import io.logbridge.adapter.kube.object.ObjectCursor.Projection;
import io.logbridge.adapter.record.ArchivedObject;
import io.logbridge.adapter.record.Keyset.Position;
import io.logbridge.adapter.record.LabelSelector;
import io.logbridge.adapter.record.LabelSelector.Operator;
import io.logbridge.adapter.record.LabelSelector.Requirement;
import io.logbridge.adapter.record.ObjectSearch;
import io.logbridge.adapter.record.ObjectSearch.Kind;
import io.logbridge.adapter.record.ObjectSearch.Part;
import io.logbridge.adapter.record.ObjectStore;
import io.logbridge.adapter.record.ObjectStore.Written;
import io.logbridge.backend.Deadline;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where the objects of a resource come from: which records are read, and what is made of them. Of a
 * selection it gives to the database what an index can answer; the rest is compared here.
 *
 * @param namespace {@code null} for all, or for a resource that is in none
 * @param pageSize records that are read at once
 */
record ObjectSource(
    ObjectStore store,
    KubeResource resource,
    @Nullable String namespace,
    Part part,
    int pageSize,
    Deadline deadline) {

  /** The most records that are read at once. */
  static final int MOST_AT_ONCE = 500;

  private static final String NAME = "metadata.name";

  /** Labels of a pod that its TaskRun does not have. */
  private static final Set<String> OF_PODS = Set.of(Pods.TASK_RUN, Pods.TASK_RUN_UID);

  /** The selected objects from there on. */
  ObjectCursor cursor(Selection selection, ContinueToken start) {
    ObjectSource narrowed = within(selection.fields().required("metadata.namespace").orElse(null));
    return new ObjectCursor(narrowed.pages(selection), projection(), selection::matches, start);
  }

  /**
   * The selected records that were written after a moment, or, where {@link #isListedAgain}, the
   * next ones of all; perhaps others too.
   */
  List<ArchivedObject> changes(Selection selection, Position after) {
    ObjectSource narrowed = within(selection.fields().required("metadata.namespace").orElse(null));
    ObjectSearch search = narrowed.search(selection);
    return search == null
        ? narrowed.pages(selection).after(after.uid().isEmpty() ? null : after)
        : store.changes(search, after, pageSize, deadline);
  }

  /** The objects of a record. */
  List<ObjectNode> objects(ArchivedObject row) {
    return projection().of(row);
  }

  /**
   * Whether changes are found by listing all of the objects again: they are few, and their records
   * are not theirs alone.
   */
  boolean isListedAgain() {
    return resource == KubeResource.NAMESPACES || resource == KubeResource.PIPELINES;
  }

  /** Whether what was written can have changed one of the objects. */
  boolean concerns(Written written) {
    boolean here = namespace == null || namespace.equals(written.namespace());
    return here
        && switch (resource) {
          case TASKRUNS, PODS -> Kind.TASK_RUN.includes(written.type());
          case PIPELINERUNS, PIPELINES -> Kind.PIPELINE_RUN.includes(written.type());
          case EVENTS -> Kind.EVENT_LIST.includes(written.type());
          case NAMESPACES -> true;
        };
  }

  private ObjectSource within(@Nullable String required) {
    return required == null || namespace != null || !resource.namespaced()
        ? this
        : new ObjectSource(store, resource, required, part, pageSize, deadline);
  }

  private Pages pages(Selection selection) {
    String name = selection.fields().required(NAME).orElse(null);
    ObjectSearch search = search(selection);
    return search != null
        ? after -> store.page(search, after, pageSize, deadline)
        : resource == KubeResource.NAMESPACES
            ? after -> store.namespaces(name, after, pageSize, deadline)
            : after -> store.pipelines(namespace, name, after, pageSize, deadline);
  }

  /** The search for the records; {@code null} where there are only traces in others' records. */
  private @Nullable ObjectSearch search(Selection selection) {
    String name = selection.fields().required(NAME).orElse(null);
    return switch (resource) {
      case TASKRUNS -> runs(Kind.TASK_RUN, name, selection.labels());
      case PIPELINERUNS -> runs(Kind.PIPELINE_RUN, name, selection.labels());
      case PODS -> pods(name, selection.labels());
      case EVENTS -> events(selection.fields());
      case PIPELINES, NAMESPACES -> null;
    };
  }

  private ObjectSearch runs(Kind kind, @Nullable String name, LabelSelector labels) {
    ObjectSearch all = ObjectSearch.all(kind, namespace, part).labelled(labels);
    return name == null ? all : all.named(name);
  }

  private ObjectSearch pods(@Nullable String name, LabelSelector labels) {
    Map<Boolean, List<Requirement>> own =
        labels.requirements().stream()
            .collect(Collectors.partitioningBy(each -> OF_PODS.contains(each.key())));
    ObjectSearch search =
        ObjectSearch.all(Kind.TASK_RUN, namespace, part)
            .labelled(new LabelSelector(own.getOrDefault(false, List.of())));
    for (Requirement requirement : own.getOrDefault(true, List.of())) {
      if (requirement.key().equals(Pods.TASK_RUN)
          && requirement.operator() == Operator.IN
          && requirement.values().size() == 1) {
        search = search.named(requirement.values().getFirst());
      }
    }
    return name == null ? search : search.withPod(name);
  }

  private ObjectSearch events(FieldSelector fields) {
    ObjectSearch all = ObjectSearch.all(Kind.EVENT_LIST, namespace, Part.WHOLE);
    return Events.template(fields).map(all::withItem).orElse(all);
  }

  private Projection projection() {
    return switch (resource) {
      case TASKRUNS -> Runs::taskRuns;
      case PIPELINERUNS -> Runs::pipelineRuns;
      case PODS -> Pods::of;
      case EVENTS -> Events::of;
      case PIPELINES -> run -> List.of(Traces.pipeline(run));
      case NAMESPACES -> archived -> List.of(Traces.namespace(archived));
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import io.logbridge.adapter.record.ArchivedObject;
import io.logbridge.adapter.record.EventParser;
import io.logbridge.adapter.record.RunEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The events of runs, out of the lists in which they were archived. */
final class Events {

  /** The fields of an event that the database can look for. */
  private static final Set<String> SEARCHED =
      Set.of(
          "metadata.name",
          "involvedObject.kind",
          "involvedObject.namespace",
          "involvedObject.name",
          "involvedObject.uid",
          "involvedObject.apiVersion",
          "reason",
          "type");

  private Events() {}

  /** The events of an archived list that are of its namespace, in the order of time. */
  static List<ObjectNode> of(ArchivedObject list) {
    return EventParser.events(list.data()).stream()
        .sorted(Comparator.comparing(RunEvent::time))
        .map(RunEvent::object)
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .filter(event -> Metadata.isOf(event, list.namespace()))
        .map(event -> event(event, list))
        .toList();
  }

  private static ObjectNode event(ObjectNode event, ArchivedObject list) {
    event.put("apiVersion", KubeResource.EVENTS.apiVersion());
    event.put("kind", KubeResource.EVENTS.kind());
    ObjectNode metadata = Metadata.place(event, list);
    if (Json.text(metadata, "uid").isEmpty()) {
      metadata.put("uid", Metadata.uid(KubeResource.EVENTS, event));
    }
    return event;
  }

  /** What an item has to be like for the selector; nothing if the selector does not say. */
  static Optional<ObjectNode> template(FieldSelector selector) {
    ObjectNode template = JsonNodeFactory.instance.objectNode();
    for (FieldSelector.Term term : selector.terms()) {
      if (term.equal() && isSearched(term)) {
        String[] path = term.path().split("\\.", -1);
        ObjectNode parent = path.length == 1 ? template : Json.object(template, path[0]);
        parent.put(path[path.length - 1], term.value());
      }
    }
    return template.isEmpty() ? Optional.empty() : Optional.of(template);
  }

  /** An empty value is what a field has that is not there, which the database does not find. */
  private static boolean isSearched(FieldSelector.Term term) {
    return SEARCHED.contains(term.path()) && !term.value().isEmpty() && !isOurs(term);
  }

  /** Whether it asks for a uid that we gave to a pod, and that no event can have. */
  private static boolean isOurs(FieldSelector.Term term) {
    if (!term.path().equals("involvedObject.uid")) {
      return false;
    }
    try {
      return UUID.fromString(term.value()).version() == Metadata.UID_VERSION;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}

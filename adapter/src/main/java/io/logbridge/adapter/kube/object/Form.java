// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How objects and lists are written.
 *
 * @param columns of a table; {@code null} if it is none
 * @param itemsField the field of a list that has its items
 * @param item what becomes of an object
 */
record Form(
    String kind,
    String listKind,
    String apiVersion,
    @Nullable List<Column> columns,
    String itemsField,
    Function<ObjectNode, JsonNode> item) {

  static Form of(KubeResource resource, Presentation presentation, Columns columns) {
    return switch (presentation) {
      case Presentation.Renamed renamed ->
          of(resource, renamed.as(), columns).renamed(resource, renamed.apiVersion());
      case Presentation.Objects _ ->
          new Form(
              resource.kind(),
              resource.listKind(),
              resource.apiVersion(),
              null,
              "items",
              object -> object);
      case Presentation.Metadata metadata ->
          new Form(
              "PartialObjectMetadata",
              "PartialObjectMetadataList",
              "meta.k8s.io/" + metadata.version(),
              null,
              "items",
              object -> metadata(object, metadata.version()));
      case Presentation.Table table -> {
        List<Column> ofResource = columns.of(resource);
        yield new Form(
            "Table",
            "Table",
            "meta.k8s.io/" + table.version(),
            ofResource,
            "rows",
            object -> row(object, ofResource, table));
      }
    };
  }

  private Form renamed(KubeResource resource, String other) {
    return new Form(
        kind,
        listKind,
        apiVersion.equals(resource.apiVersion()) ? other : apiVersion,
        columns,
        itemsField,
        object -> item.apply(rename(object, other)));
  }

  /** What is written of a deleted object has no version, and needs none. */
  private static ObjectNode rename(ObjectNode object, String apiVersion) {
    return object.has("apiVersion") ? object.put("apiVersion", apiVersion) : object;
  }

  /** A single object: itself, or a table of one row. */
  JsonNode single(ObjectNode object) {
    if (columns == null) {
      return item.apply(object);
    }
    ObjectNode table = JsonNodeFactory.instance.objectNode();
    table.put("kind", kind).put("apiVersion", apiVersion);
    table
        .putObject("metadata")
        .put("resourceVersion", Json.text(object, "metadata", "resourceVersion"));
    table.set("columnDefinitions", definitions(columns));
    table.putArray(itemsField).add(item.apply(object));
    return table;
  }

  /**
   * What a watch says of how far it has come.
   *
   * @param initialEnd whether all objects that there were have been told
   */
  ObjectNode bookmark(ResourceVersion version, boolean initialEnd) {
    ObjectNode bookmark = JsonNodeFactory.instance.objectNode();
    bookmark.put("kind", kind).put("apiVersion", apiVersion);
    ObjectNode metadata = bookmark.putObject("metadata").put("resourceVersion", version.text());
    if (initialEnd) {
      metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
    }
    if (columns != null) {
      bookmark.set("columnDefinitions", definitions(columns));
      bookmark.putArray(itemsField);
    }
    return bookmark;
  }

  static ArrayNode definitions(List<Column> columns) {
    ArrayNode definitions = JsonNodeFactory.instance.arrayNode();
    columns.forEach(column -> definitions.add(column.definition()));
    return definitions;
  }

  private static ObjectNode row(ObjectNode object, List<Column> columns, Presentation.Table table) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    ArrayNode cells = row.putArray("cells");
    columns.forEach(column -> cells.add(column.cell().apply(object)));
    switch (table.include()) {
      case NONE -> {}
      case METADATA -> row.set("object", metadata(object, table.version()));
      case OBJECT -> row.set("object", object);
    }
    return row;
  }

  private static ObjectNode metadata(ObjectNode object, String version) {
    ObjectNode partial = JsonNodeFactory.instance.objectNode();
    partial.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/" + version);
    Json.copy(object, partial, "metadata");
    return partial;
  }
}

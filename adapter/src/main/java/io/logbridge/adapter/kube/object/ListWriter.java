// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes a list; its metadata last, since only then is it known whether it goes on. */
final class ListWriter implements KubeAnswer {

  static final JsonMapper JSON =
      JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private final Form form;
  private final ObjectCursor objects;
  private final long limit;

  /**
   * @param limit the most objects that are written; zero or less for all
   */
  ListWriter(Form form, ObjectCursor objects, long limit) {
    this.form = form;
    this.objects = objects;
    this.limit = limit;
  }

  @Override
  public void writeTo(OutputStream out) {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringProperty("kind", form.listKind());
      json.writeStringProperty("apiVersion", form.apiVersion());
      List<Column> columns = form.columns();
      if (columns != null) {
        json.writeName("columnDefinitions");
        json.writeTree(Form.definitions(columns));
      }
      json.writeName(form.itemsField());
      json.writeStartArray();
      boolean more = items(json);
      json.writeEndArray();
      json.writeName("metadata");
      json.writeTree(metadata(more));
      json.writeEndObject();
    }
  }

  private boolean items(JsonGenerator json) {
    long written = 0;
    for (ObjectNode object = objects.peek(); object != null; object = objects.peek()) {
      if (limit > 0 && written == limit) {
        return true;
      }
      json.writeTree(form.item().apply(object));
      objects.skip();
      written++;
    }
    return false;
  }

  private JsonNode metadata(boolean more) {
    ContinueToken position = objects.position();
    ObjectNode metadata = JSON.createObjectNode();
    metadata.put("resourceVersion", position.version().text());
    if (more) {
      metadata.put("continue", position.text());
    }
    return metadata;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import io.logbridge.adapter.json.ClientJson;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a list; its metadata last, since only then is it known whether it goes on. */
final class ListWriter implements KubeAnswer {

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
    try (JsonGenerator json = ClientJson.generator(out)) {
      json.writeStartObject();
      json.writeStringProperty("kind", form.listKind());
      json.writeStringProperty("apiVersion", form.apiVersion());
      List<Column> columns = form.columns();
      if (columns != null) {
        json.writeName("columnDefinitions");
        ClientJson.write(Form.definitions(columns), json);
      }
      json.writeName(form.itemsField());
      json.writeStartArray();
      boolean more = items(json);
      json.writeEndArray();
      json.writeName("metadata");
      ClientJson.write(metadata(more), json);
      json.writeEndObject();
    }
  }

  private boolean items(JsonGenerator json) {
    long written = 0;
    for (ObjectNode object = objects.peek(); object != null; object = objects.peek()) {
      if (limit > 0 && written == limit) {
        return true;
      }
      ClientJson.write(form.item().apply(object), json);
      objects.skip();
      written++;
    }
    return false;
  }

  private JsonNode metadata(boolean more) {
    ContinueToken position = objects.position();
    ObjectNode metadata = ClientJson.object();
    metadata.put("resourceVersion", position.version().text());
    if (more) {
      metadata.put("continue", position.text());
    }
    return metadata;
  }
}

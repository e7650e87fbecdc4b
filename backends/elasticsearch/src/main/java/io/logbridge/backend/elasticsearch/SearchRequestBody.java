// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import co.elastic.clients.util.BinaryData;
import io.logbridge.backend.LogQuery.Direction;
import io.logbridge.backend.shipped.Json;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * Writes the body of a search for one page.
 *
 * @see <a
 *     href="https://www.elastic.co/docs/reference/elasticsearch/rest-apis/paginate-search-results#search-after">search_after</a>
 */
final class SearchRequestBody {

  private SearchRequestBody() {}

  /**
   * One page.
   *
   * @param timeout after which the store gives up
   * @param sequenceNumbers whether the indices keep them: they are the order of arrival in a shard
   * @param wholeDocuments whether to ask for all fields, and not for ours only
   */
  record Page(
      String pointInTimeId,
      Duration keepAlive,
      int size,
      Duration timeout,
      boolean sequenceNumbers,
      boolean wholeDocuments) {}

  static BinaryData of(ContainerSearch search, Position position, Page page) {
    return BinaryData.of(json(search, position, page), "application/json");
  }

  static byte[] json(ContainerSearch search, Position position, Page page) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeNumberProperty("size", page.size());
      json.writeBooleanProperty("track_total_hits", false);
      json.writeStringProperty("timeout", Math.max(1, page.timeout().toMillis()) + "ms");
      json.writeObjectPropertyStart("pit");
      json.writeStringProperty("id", page.pointInTimeId());
      json.writeStringProperty("keep_alive", page.keepAlive().toMillis() + "ms");
      json.writeEndObject();
      source(json, search, page.wholeDocuments());
      ContainerFilter.write(json, search, position.fromMilli());
      sort(json, search, page.sequenceNumbers());
      searchAfter(json, position.after());
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void source(JsonGenerator json, ContainerSearch search, boolean whole) {
    if (whole) {
      json.writeBooleanProperty("_source", true);
      return;
    }
    json.writeArrayPropertyStart("_source");
    Documents.fields(search.mapping(), search.plan()).names().forEach(json::writeString);
    json.writeEndArray();
  }

  private static void sort(JsonGenerator json, ContainerSearch search, boolean sequenceNumbers) {
    String order = search.direction() == Direction.FORWARD ? "asc" : "desc";
    json.writeArrayPropertyStart("sort");
    json.writeStartObject();
    json.writeObjectPropertyStart(search.plan().timestamp());
    json.writeStringProperty("order", order);
    json.writeStringProperty("numeric_type", "date_nanos");
    json.writeStringProperty("unmapped_type", "date_nanos");
    json.writeEndObject();
    json.writeEndObject();
    if (sequenceNumbers) {
      json.writeStartObject();
      json.writeObjectPropertyStart("_seq_no");
      json.writeStringProperty("order", order);
      json.writeStringProperty("unmapped_type", "long");
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeStartObject();
    json.writeStringProperty("_shard_doc", order);
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void searchAfter(JsonGenerator json, List<Long> after) {
    if (!after.isEmpty()) {
      json.writeArrayPropertyStart("search_after");
      after.forEach(value -> json.writeNumber(value.longValue()));
      json.writeEndArray();
    }
  }
}

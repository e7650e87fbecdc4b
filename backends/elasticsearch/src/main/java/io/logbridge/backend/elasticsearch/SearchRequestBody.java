// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import co.elastic.clients.util.BinaryData;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogQuery.Direction;
import io.logbridge.backend.elasticsearch.FieldPlan.Match;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * Writes the body of a search for one page.
 *
 * @see <a
 *     href="https://www.elastic.co/docs/reference/elasticsearch/rest-apis/paginate-search-results#search-after">search_after</a>
 */
final class SearchRequestBody {

  /** Restricts an answer to what {@link SearchResponseParser} and the failures need. */
  static final String FILTER_PATH =
      "pit_id,timed_out,_shards.total,_shards.failed,hits.hits._index,hits.hits._id,"
          + "hits.hits._source,hits.hits.sort,error,status";

  private SearchRequestBody() {}

  /**
   * One page.
   *
   * @param timeout after which the store gives up
   * @param sequenceNumbers whether the indices keep them: they are the order of arrival in a shard
   */
  record Page(
      String pointInTimeId,
      Duration keepAlive,
      int size,
      Duration timeout,
      boolean sequenceNumbers) {}

  static BinaryData of(ContainerSearch search, Position position, Page page) {
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
      json.writeArrayPropertyStart("_source");
      SourceFields.of(search.mapping(), search.plan()).names().forEach(json::writeString);
      json.writeEndArray();
      query(json, search, position.fromMilli());
      sort(json, search, page.sequenceNumbers());
      searchAfter(json, position.after());
      json.writeEndObject();
    }
    return BinaryData.of(bytes.toByteArray(), "application/json");
  }

  private static void query(JsonGenerator json, ContainerSearch search, @Nullable Long fromMilli) {
    ContainerRef container = search.container();
    FieldPlan plan = search.plan();
    json.writeObjectPropertyStart("query");
    json.writeObjectPropertyStart("bool");
    json.writeArrayPropertyStart("filter");
    part(json, plan, FieldRole.POD, container.pod());
    part(json, plan, FieldRole.NAMESPACE, container.namespace());
    part(json, plan, FieldRole.CONTAINER, container.container());
    part(json, plan, FieldRole.POD_UID, container.podUid());
    range(json, search, fromMilli);
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void part(
      JsonGenerator json, FieldPlan plan, FieldRole role, @Nullable String value) {
    List<Match> ways = plan.matches().getOrDefault(role, List.of());
    if (value == null || ways.isEmpty()) {
      return;
    }
    boolean mayLack = role == FieldRole.POD_UID;
    if (ways.size() == 1 && !mayLack) {
      match(json, ways.getFirst(), value);
      return;
    }
    json.writeStartObject();
    json.writeObjectPropertyStart("bool");
    json.writeArrayPropertyStart("should");
    ways.forEach(way -> match(json, way, value));
    if (mayLack) {
      lacks(json, ways);
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void match(JsonGenerator json, Match way, String value) {
    json.writeStartObject();
    json.writeObjectPropertyStart(way.phrase() ? "match_phrase" : "term");
    json.writeStringProperty(way.field(), value);
    json.writeEndObject();
    json.writeEndObject();
  }

  /** Documents of a shipper that does not write the uid are told apart by the pod's name alone. */
  private static void lacks(JsonGenerator json, List<Match> ways) {
    json.writeStartObject();
    json.writeObjectPropertyStart("bool");
    json.writeArrayPropertyStart("must_not");
    for (Match way : ways) {
      json.writeStartObject();
      json.writeObjectPropertyStart("exists");
      json.writeStringProperty("field", way.field());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  /** Whole milliseconds, since a mapping as date keeps no more; the rest is sorted out by us. */
  private static void range(JsonGenerator json, ContainerSearch search, @Nullable Long fromMilli) {
    long first = search.window().firstMilli();
    long behind = search.window().milliBehind();
    if (fromMilli != null) {
      if (search.direction() == Direction.FORWARD) {
        first = Math.max(first, fromMilli);
      } else {
        behind = Math.min(behind, fromMilli + 1);
      }
    }
    json.writeStartObject();
    json.writeObjectPropertyStart("range");
    json.writeObjectPropertyStart(search.plan().timestamp());
    json.writeNumberProperty("gte", first);
    json.writeNumberProperty("lt", behind);
    json.writeStringProperty("format", "epoch_millis");
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
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

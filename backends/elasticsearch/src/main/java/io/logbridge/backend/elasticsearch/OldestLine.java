// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import co.elastic.clients.util.BinaryData;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.shipped.Json;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;

/**
 * Asks for the least timestamp in some indices: each shard has it at hand, without looking at its
 * documents.
 *
 * @see <a
 *     href="https://www.elastic.co/docs/reference/aggregations/search-aggregations-metrics-min-aggregation">Min
 *     aggregation</a>
 */
final class OldestLine {

  private static final String NAME = "oldest";

  private final StoreClient client;
  private final FieldCapabilities capabilities;

  OldestLine(StoreClient client, FieldCapabilities capabilities) {
    this.client = client;
    this.capabilities = capabilities;
  }

  /**
   * When the oldest line in these indices was written, to the millisecond.
   *
   * @return nothing if there is none
   * @throws LogBackendException if the indices cannot be asked, or not all of them
   */
  Optional<Instant> in(IndexTarget target, Deadline deadline) throws InterruptedException {
    FieldPlan plan = capabilities.plan(target, deadline);
    try {
      return client.call(request(target, plan), deadline, OldestLine::parse);
    } catch (ElasticsearchFailure e) {
      throw e.toLogBackendException();
    }
  }

  private static StoreRequest request(IndexTarget target, FieldPlan plan) {
    return new StoreRequest(
        "search for the oldest line in " + target.expression(),
        "POST",
        "/" + Paths.encode(target.expression()) + "/_search",
        Map.of("allow_partial_search_results", "false"),
        body(plan));
  }

  private static BinaryData body(FieldPlan plan) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeNumberProperty("size", 0);
      json.writeBooleanProperty("track_total_hits", false);
      json.writeObjectPropertyStart("aggs");
      json.writeObjectPropertyStart(NAME);
      json.writeObjectPropertyStart("min");
      json.writeStringProperty("field", plan.timestamp());
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
    }
    return BinaryData.of(bytes.toByteArray(), "application/json");
  }

  private static Optional<Instant> parse(InputStream in) throws ElasticsearchFailure {
    Optional<Instant> oldest = Optional.empty();
    boolean answered = false;
    try (JsonParser parser = Json.parser(in)) {
      parser.nextToken();
      Json.expect(parser, JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean aggregations = parser.currentName().equals("aggregations");
        parser.nextToken();
        if (aggregations) {
          answered = true;
          oldest = value(parser);
        } else {
          parser.skipChildren();
        }
      }
      Json.expectEnd(parser);
    }
    if (!answered) {
      throw ElasticsearchFailure.other(
          Reason.MALFORMED, "Elasticsearch search for the oldest line: the answer has none");
    }
    return oldest;
  }

  /** The value of the only aggregation, in milliseconds; {@code null} without any document. */
  private static Optional<Instant> value(JsonParser parser) {
    Optional<Instant> value = Optional.empty();
    Json.expect(parser, JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      parser.nextToken();
      Json.expect(parser, JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean wanted = parser.currentName().equals("value");
        JsonToken token = parser.nextToken();
        if (wanted && token.isNumeric()) {
          value = Optional.of(Instant.ofEpochMilli((long) Math.floor(parser.getDoubleValue())));
        } else {
          parser.skipChildren();
        }
      }
    }
    return value;
  }
}

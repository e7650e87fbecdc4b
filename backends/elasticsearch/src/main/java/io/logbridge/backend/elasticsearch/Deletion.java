// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import co.elastic.clients.util.BinaryData;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.shipped.FieldRole;
import io.logbridge.backend.shipped.Json;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;

/**
 * Deletes the documents that a search finds, in whole milliseconds of its window.
 *
 * @see <a
 *     href="https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-delete-by-query">Delete
 *     by query</a>
 */
final class Deletion {

  private final StoreClient client;

  Deletion(StoreClient client) {
    this.client = client;
  }

  void run(ContainerSearch search, Deadline deadline)
      throws ElasticsearchFailure, InterruptedException {
    for (FieldRole role : FieldRole.values()) {
      if (search.plan().isInexact(role)) {
        throw ElasticsearchFailure.other(
            Reason.BAD_QUERY,
            "Elasticsearch indices "
                + search.target().expression()
                + ": the field of the "
                + role.key()
                + " is mapped as text, so that a deletion would take other logs as well"
                + " (expected: keyword)");
      }
    }
    Outcome outcome = client.call(request(search), deadline, Deletion::parse);
    if (outcome.timedOut || outcome.left > 0) {
      throw ElasticsearchFailure.other(
          outcome.timedOut ? Reason.TIMED_OUT : Reason.UNAVAILABLE,
          "Elasticsearch deletion in "
              + search.target().expression()
              + ": not all documents could be deleted");
    }
  }

  private static StoreRequest request(ContainerSearch search) {
    IndexTarget target = search.target();
    return new StoreRequest(
        "deletion in " + target.expression(),
        "POST",
        "/" + Paths.encode(target.expression()) + "/_delete_by_query",
        Map.of(
            "ignore_unavailable",
            String.valueOf(!target.dated().isEmpty()),
            // A document that somebody else has just deleted is no reason to stop.
            "conflicts",
            "proceed",
            "refresh",
            "true"),
        body(search));
  }

  private static BinaryData body(ContainerSearch search) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      ContainerFilter.write(json, search, null);
      json.writeEndObject();
    }
    return BinaryData.of(bytes.toByteArray(), "application/json");
  }

  /**
   * @param left documents that were found and are still there, as far as the store says
   */
  private record Outcome(boolean timedOut, long left) {}

  private static Outcome parse(InputStream in) throws ElasticsearchFailure {
    boolean timedOut = false;
    long total = -1;
    long deleted = -1;
    try (JsonParser parser = Json.parser(in)) {
      parser.nextToken();
      Json.expect(parser, JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "timed_out" -> timedOut = parser.getBooleanValue();
          case "total" -> total = parser.getLongValue();
          case "deleted" -> deleted = parser.getLongValue();
          default -> parser.skipChildren();
        }
      }
      Json.expectEnd(parser);
    }
    if (total < 0 || deleted < 0) {
      throw ElasticsearchFailure.other(
          Reason.MALFORMED, "Elasticsearch deletion: the answer has no total or deleted");
    }
    return new Outcome(timedOut, total - deleted);
  }
}

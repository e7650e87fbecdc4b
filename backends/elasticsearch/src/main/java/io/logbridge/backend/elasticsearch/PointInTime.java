// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import co.elastic.clients.util.BinaryData;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.elasticsearch.ElasticsearchFailure.Kind;
import io.logbridge.backend.elasticsearch.StoreClient.Exchange;
import io.logbridge.backend.shipped.DocumentReader;
import io.logbridge.backend.shipped.FieldRole;
import io.logbridge.backend.shipped.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;

/**
 * A view of the indices that does not change while it is read. Opened with the first search in it,
 * and again after it was given up. Used by one thread at a time.
 *
 * @see <a
 *     href="https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-open-point-in-time">
 *     Point in time</a>
 */
final class PointInTime implements AutoCloseable {

  private final StoreClient client;
  private final ContainerSearch search;
  private final Duration keepAlive;
  private final Duration requestTimeout;
  private boolean sequenceNumbers = true;
  private boolean wholeDocuments;
  private @Nullable String id;
  private int shards;
  private @Nullable Ahead ahead;

  /** A page that has been asked for before its turn. */
  private record Ahead(Position position, int size, Exchange exchange) {}

  /** Decides from the length of an answer that is not yet parsed how large the next page is. */
  @FunctionalInterface
  interface NextSize {
    /** How many lines; 0 if it is not to be asked for yet. */
    int of(int answerBytes);
  }

  PointInTime(StoreClient client, ContainerSearch search, ElasticsearchSettings settings) {
    this.client = client;
    this.search = search;
    this.keepAlive = settings.paging().keepAlive();
    this.requestTimeout = settings.connection().requestTimeout();
  }

  /**
   * One page, complete: the failure of any shard is a failure.
   *
   * <p>While the page is parsed the store already works on the next one, if {@code nextSize} says
   * so. A failure of that one is a failure of the search that asks for it.
   */
  SearchPage search(Position position, int size, NextSize nextSize, Deadline deadline)
      throws ElasticsearchFailure, InterruptedException {
    String current = id == null ? open(deadline) : id;
    Exchange exchange = takeAhead(position, size);
    if (exchange == null) {
      exchange = client.begin(request(current, position, size, deadline), deadline);
    }
    SearchPage answer;
    try {
      answer =
          client.answer(
              exchange,
              deadline,
              in -> {
                askAhead(in, position, nextSize, deadline);
                return parser().parse(in);
              });
    } catch (ElasticsearchFailure e) {
      throw e.kind() == Kind.INDEX_MISSING ? vanished() : e;
    }
    if (answer.pointInTimeId() != null) {
      id = answer.pointInTimeId();
    }
    if (answer.returned() < size) {
      giveUpAhead();
    }
    return checked(answer);
  }

  /** How many lines have been asked for behind this position already, if so. */
  OptionalInt sizeAhead(Position position) {
    return ahead != null && ahead.position.equals(position)
        ? OptionalInt.of(ahead.size)
        : OptionalInt.empty();
  }

  private void askAhead(InputStream answer, Position position, NextSize nextSize, Deadline deadline)
      throws IOException {
    int size = nextSize.of(answer.available());
    List<Long> lastSort = size > 0 ? LastSort.guess(answer) : List.of();
    if (id == null || lastSort.isEmpty()) {
      return;
    }
    Position next = position.behind(lastSort);
    try {
      ahead = new Ahead(next, size, client.begin(request(id, next, size, deadline), deadline));
    } catch (ElasticsearchFailure _) {
      // The search whose turn it is then meets the same failure.
    }
  }

  /** What has been asked for already; given up if it turns out to be something else. */
  private @Nullable Exchange takeAhead(Position position, int size) {
    if (ahead != null && ahead.position.equals(position) && ahead.size == size) {
      Exchange taken = ahead.exchange;
      ahead = null;
      return taken;
    }
    giveUpAhead();
    return null;
  }

  private void giveUpAhead() {
    if (ahead != null) {
      ahead.exchange.giveUp();
      ahead = null;
    }
  }

  private StoreRequest request(String current, Position position, int size, Deadline deadline) {
    Duration timeout = deadline.orAfter(requestTimeout).remaining();
    SearchRequestBody.Page page =
        new SearchRequestBody.Page(
            current, keepAlive, size, timeout, sequenceNumbers, wholeDocuments);
    return new StoreRequest(
        "search in " + search.target().expression(),
        "POST",
        "/_search",
        Map.of("allow_partial_search_results", "false"),
        SearchRequestBody.of(search, position, page));
  }

  /** Gives it up; the next search opens another. */
  void reopen() {
    close();
  }

  /** Sorts without sequence numbers from now on. */
  void forgoSequenceNumbers() {
    sequenceNumbers = false;
  }

  /**
   * Whether documents are read whole from now on, so that one without a message can be given as it
   * is stored. This takes longer.
   */
  void readWholeDocuments(boolean whole) {
    if (whole && !wholeDocuments) {
      giveUpAhead(); // it was asked for without
    }
    wholeDocuments = whole;
  }

  /** Lets the store forget it, without waiting for that. */
  @Override
  public void close() {
    giveUpAhead();
    if (id != null) {
      client.send(
          new StoreRequest("end of a point in time", "DELETE", "/_pit", Map.of(), idBody(id)));
      id = null;
    }
  }

  private SearchResponseParser parser() {
    DocumentReader document = Documents.reader(search.mapping(), search.plan(), search.container());
    return new SearchResponseParser(
        document,
        search.window(),
        wholeDocuments,
        String.join(", ", search.mapping().get(FieldRole.MESSAGE)));
  }

  private SearchPage checked(SearchPage page) throws ElasticsearchFailure {
    if (page.timedOut()) {
      throw ElasticsearchFailure.other(
          Reason.TIMED_OUT, "Elasticsearch search: the store gave up in the middle");
    }
    if (page.failedShards() > 0) {
      throw ElasticsearchFailure.other(
          Reason.UNAVAILABLE,
          "Elasticsearch search in "
              + search.target().expression()
              + ": "
              + page.failedShards()
              + " of "
              + page.shards()
              + " shards failed (expected: 0)");
    }
    if (page.shards() == 0) {
      // So an 8.19 answers to an id that it does not know.
      throw new ElasticsearchFailure(
          Kind.POINT_IN_TIME_GONE, "", vanished().toLogBackendException());
    }
    return page;
  }

  private String open(Deadline deadline) throws ElasticsearchFailure, InterruptedException {
    Opened opened;
    try {
      opened = client.call(openRequest(), deadline, PointInTime::parse);
    } catch (ElasticsearchFailure e) {
      if (e.kind() == Kind.INDEX_MISSING) {
        throw shards > 0 ? vanished() : FieldCapabilities.noIndex(search.target());
      }
      throw e;
    }
    id = opened.id;
    if (opened.shards < shards) {
      throw vanished();
    }
    if (opened.shards == 0) {
      throw FieldCapabilities.noIndex(search.target());
    }
    shards = opened.shards;
    return opened.id;
  }

  private StoreRequest openRequest() {
    IndexTarget target = search.target();
    return new StoreRequest(
        "point in time of " + target.expression(),
        "POST",
        "/" + Paths.encode(target.expression()) + "/_pit",
        Map.of(
            "keep_alive",
            keepAlive.toMillis() + "ms",
            "allow_partial_search_results",
            "false",
            "ignore_unavailable",
            String.valueOf(!target.dated().isEmpty())),
        null);
  }

  private ElasticsearchFailure vanished() {
    return ElasticsearchFailure.other(
        Reason.INCOMPLETE,
        "Elasticsearch has no longer all indices of "
            + search.target().expression()
            + " (expected: those that were there when reading began)");
  }

  private record Opened(String id, int shards) {}

  private static Opened parse(InputStream in) throws ElasticsearchFailure {
    String id = null;
    int shards = 0;
    try (JsonParser parser = Json.parser(in)) {
      parser.nextToken();
      Json.expect(parser, JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "id" -> id = parser.getString();
          case "_shards" -> shards = total(parser);
          default -> parser.skipChildren();
        }
      }
      Json.expectEnd(parser);
    }
    if (id == null) {
      throw ElasticsearchFailure.other(
          Reason.MALFORMED, "Elasticsearch point in time: the answer has no id");
    }
    return new Opened(id, shards);
  }

  private static int total(JsonParser parser) {
    Json.expect(parser, JsonToken.START_OBJECT);
    int total = 0;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals("total")) {
        total = parser.getIntValue();
      } else {
        parser.skipChildren();
      }
    }
    return total;
  }

  private static BinaryData idBody(String id) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeStringProperty("id", id);
      json.writeEndObject();
    }
    return BinaryData.of(bytes.toByteArray(), "application/json");
  }
}

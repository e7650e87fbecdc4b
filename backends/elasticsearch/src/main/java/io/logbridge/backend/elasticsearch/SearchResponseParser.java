// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.elasticsearch.ElasticsearchFailure.Kind;
import io.logbridge.backend.elasticsearch.Hit.DocumentId;
import io.logbridge.backend.paging.Window;
import io.logbridge.backend.shipped.DocumentReader;
import io.logbridge.backend.shipped.Json;
import io.logbridge.backend.shipped.TimeText;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the answer to a search as a stream, straight into entries: a log of a gibibyte is some
 * eight million of them. One parser reads one answer.
 *
 * @see <a
 *     href="https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-search">Search</a>
 */
final class SearchResponseParser {

  private final DocumentReader document;
  private final Window window;
  private final boolean wholeDocuments;
  private final String messageFields;

  private final List<Hit> hits = new ArrayList<>();
  private @Nullable String pointInTimeId;
  private boolean timedOut;
  private int shards = -1;
  private int failedShards;
  private int returned;
  private long textChars;

  private String index = "";
  private String id = "";
  private boolean hasSource;
  private @Nullable String stored;
  private int sorts;
  private final long[] sort = new long[4];

  /**
   * @param wholeDocuments whether hits have all their fields: one without a message is taken as it
   *     is stored then, and is {@link ElasticsearchFailure.Kind#NO_MESSAGE} if not
   * @param messageFields where a message is looked for, for the failure when there is none
   */
  SearchResponseParser(
      DocumentReader document, Window window, boolean wholeDocuments, String messageFields) {
    this.document = document;
    this.window = window;
    this.wholeDocuments = wholeDocuments;
    this.messageFields = messageFields;
  }

  SearchPage parse(InputStream in) throws ElasticsearchFailure {
    try (JsonParser parser = Json.parser(in)) {
      parser.nextToken();
      Json.expect(parser, JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        top(parser, name);
      }
      Json.expectEnd(parser);
    }
    if (shards < 0) {
      throw malformed("has no _shards");
    }
    List<Long> lastSort = new ArrayList<>();
    for (int i = 0; i < sorts && returned > 0; i++) {
      lastSort.add(sort[i]);
    }
    return new SearchPage(
        pointInTimeId, timedOut, shards, failedShards, hits, returned, lastSort, textChars);
  }

  private void top(JsonParser parser, String name) throws ElasticsearchFailure {
    switch (name) {
      case "pit_id" -> pointInTimeId = parser.getString();
      case "timed_out" -> timedOut = parser.getBooleanValue();
      case "_shards" -> shards(parser);
      case "hits" -> outerHits(parser);
      default -> parser.skipChildren();
    }
  }

  private void shards(JsonParser parser) {
    Json.expect(parser, JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "total" -> shards = parser.getIntValue();
        case "failed" -> failedShards = parser.getIntValue();
        default -> parser.skipChildren();
      }
    }
  }

  private void outerHits(JsonParser parser) throws ElasticsearchFailure {
    Json.expect(parser, JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals("hits")) {
        Json.expect(parser, JsonToken.START_ARRAY);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          hit(parser);
        }
      } else {
        parser.skipChildren();
      }
    }
  }

  private void hit(JsonParser parser) throws ElasticsearchFailure {
    Json.expect(parser, JsonToken.START_OBJECT);
    id = "";
    sorts = 0;
    hasSource = false;
    stored = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "_index" -> index = same(index, parser.getString());
        case "_id" -> id = parser.getString();
        case "_source" -> {
          source(parser);
          hasSource = true;
        }
        case "sort" -> sort(parser);
        default -> parser.skipChildren();
      }
    }
    returned++;
    accept();
  }

  private void source(JsonParser parser) {
    if (!wholeDocuments) {
      document.read(parser);
      return;
    }
    String whole = Json.copy(parser);
    try (JsonParser again = Json.parser(whole)) {
      again.nextToken();
      document.read(again);
    }
    stored = whole;
  }

  private void sort(JsonParser parser) {
    Json.expect(parser, JsonToken.START_ARRAY);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Json.expect(parser, JsonToken.VALUE_NUMBER_INT);
      if (sorts < sort.length) {
        sort[sorts++] = parser.getLongValue();
      }
    }
  }

  private void accept() throws ElasticsearchFailure {
    if (sorts == 0 || sorts == sort.length || id.isEmpty()) {
      throw malformed("has a hit without _id or sort values");
    }
    if (!hasSource) {
      document.clear();
    }
    long nanos = nanos(sort[0], document.nanos());
    if (!document.isOfContainer() || !window.contains(nanos)) {
      return;
    }
    String text = document.text() == null ? stored : document.text();
    if (text == null) {
      throw noMessage();
    }
    boolean decoded = document.text() != null;
    textChars += text.length();
    LogEntry entry =
        new LogEntry(Window.instant(nanos), document.stream(), text, decoded && document.partial());
    hits.add(new Hit(new DocumentId(index, id), sort[0], nanos, document.tie(), entry, decoded));
  }

  /**
   * The store's own time if that has nanoseconds; else what the document says, if it is of the same
   * millisecond.
   */
  private static long nanos(long sortNanos, long documentNanos) {
    boolean wholeMilli = Window.floorToMilli(sortNanos) == sortNanos;
    return wholeMilli
            && documentNanos != TimeText.UNREADABLE
            && Window.floorToMilli(documentNanos) == sortNanos
        ? documentNanos
        : sortNanos;
  }

  private ElasticsearchFailure noMessage() {
    return new ElasticsearchFailure(
        wholeDocuments ? Kind.OTHER : Kind.NO_MESSAGE,
        "",
        new LogBackendException(
            Reason.INCOMPLETE,
            "Elasticsearch index "
                + index
                + " has a document of this log of which it keeps no source (expected in it: "
                + messageFields
                + ")"));
  }

  /** One string for all hits of an index instead of one each. */
  private static String same(String before, String now) {
    return before.equals(now) ? before : now;
  }

  private static ElasticsearchFailure malformed(String what) {
    return ElasticsearchFailure.other(Reason.MALFORMED, "Elasticsearch search: the answer " + what);
  }
}

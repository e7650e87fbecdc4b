// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki.fake;

import io.logbridge.backend.loki.fake.FakeOptions.Lookback;
import io.logbridge.backend.loki.fake.FakeStore.Deletion;
import io.logbridge.backend.loki.fake.FakeStore.Found;
import io.logbridge.backend.shipped.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;

/** The endpoints. */
final class FakeEndpoints {

  private static final String JSON = "application/json; charset=UTF-8";
  private static final String PLAIN_JSON = "application/json";
  private static final Pattern LABEL_VALUES = Pattern.compile("/loki/api/v1/label/(\\w+)/values");
  private static final String CATEGORIZE = "categorize-labels";
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LINE = 256 * 1024;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final double MILLIS_PER_SECOND = 1000;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SIX_HOURS = Duration.ofHours(6);

  private final FakeOptions options;

  FakeEndpoints(FakeOptions options) {
    this.options = options;
  }

  FakeAnswer serve(FakeRequest request, String path, FakeStore store) {
    Matcher labelValues = LABEL_VALUES.matcher(path);
    if (labelValues.matches()) {
      return labelValues(request, store, labelValues.group(1));
    }
    return switch (path) {
      case "/loki/api/v1/push" -> push(request, store);
      case "/loki/api/v1/query_range" -> queryRange(request, store);
      case "/loki/api/v1/query" -> query(request, store);
      case "/loki/api/v1/labels" -> labels(request, store);
      case "/loki/api/v1/series" -> series(request, store);
      case "/loki/api/v1/index/stats" -> json(JSON, FakeEndpoints::writeNoStats);
      case "/loki/api/v1/delete" -> delete(request, store);
      case "/loki/api/v1/status/buildinfo" -> json(PLAIN_JSON, FakeEndpoints::writeBuild);
      case "/ready" -> FakeAnswer.text("ready\n");
      default -> throw new Refused(404, "404 page not found\n");
    };
  }

  private static FakeAnswer push(FakeRequest request, FakeStore store) {
    try (JsonParser parser = Json.parser(new String(request.body(), StandardCharsets.UTF_8))) {
      parser.nextToken();
      parser.nextToken();
      parser.nextToken();
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        pushStream(parser, store);
      }
    }
    return FakeAnswer.NO_CONTENT;
  }

  private static void pushStream(JsonParser parser, FakeStore store) {
    Map<String, String> labels = Map.of();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      if (parser.currentName().equals("stream")) {
        parser.nextToken();
        labels = readLabels(parser);
      } else {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.START_ARRAY) {
          long nanos = Long.parseLong(parser.nextStringValue());
          String line = parser.nextStringValue();
          if (line.getBytes(StandardCharsets.UTF_8).length > MAX_LINE) {
            throw Refused.badRequest("Max entry size '262144' bytes exceeded");
          }
          boolean more = parser.nextToken() == JsonToken.START_OBJECT;
          store.add(labels, nanos, line, more ? readLabels(parser) : Map.of());
          if (more) {
            parser.nextToken();
          }
        }
      }
    }
  }

  private static Map<String, String> readLabels(JsonParser parser) {
    Map<String, String> labels = new TreeMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      labels.put(name, parser.nextStringValue());
    }
    return labels;
  }

  private FakeAnswer queryRange(FakeRequest request, FakeStore store) {
    long end = request.end();
    long start = request.start(HOUR);
    int limit = limit(request.parameter("limit"));
    boolean forward = isForward(request.parameter("direction"));
    LogQuery query = LogQlParser.logs(request.parameter("query"));
    if (limit > options.maxEntries()) {
      throw Refused.badRequest(
          "max entries limit per query exceeded, limit > max_entries_limit_per_query ("
              + limit
              + " > "
              + options.maxEntries()
              + ")");
    }
    checkLength(start, end);
    start = lookback(start, end);
    boolean categorize = request.header("X-Loki-Response-Encoding-Flags").contains(CATEGORIZE);
    List<Found> found = store.find(query, start, end, forward, limit);
    return json(JSON, json -> StreamsWriter.write(json, found, categorize));
  }

  /** Where a window that reaches beyond {@code max_query_lookback} begins. */
  private long lookback(long start, long end) {
    Lookback lookback = options.lookback();
    if (lookback == null) {
      return start;
    }
    long since = lookback.since().getEpochSecond() * 1_000_000_000L;
    if (end < since && lookback.refusing()) {
      throw Refused.badRequest(
          "this data is no longer available, it is past now - max_query_lookback (30d)");
    }
    return Math.min(Math.max(start, since), end);
  }

  private void checkLength(long start, long end) {
    Duration length = Duration.ofNanos(end - start);
    if (length.compareTo(options.maxQueryLength()) > 0) {
      throw Refused.badRequest(
          "the query time range exceeds the limit (query length: "
              + GoDuration.ofGo(length)
              + ", limit: "
              + GoDuration.ofPrometheus(options.maxQueryLength())
              + ")");
    }
  }

  private static int limit(String text) {
    int limit = text.isEmpty() ? DEFAULT_LIMIT : Integer.parseInt(text);
    if (limit <= 0) {
      throw Refused.badRequest("limit must be a positive value");
    }
    return limit;
  }

  private static boolean isForward(String direction) {
    return switch (direction) {
      case "forward" -> true;
      case "", "backward" -> false;
      default -> throw Refused.badRequest("invalid direction '" + direction + "'");
    };
  }

  private static FakeAnswer query(FakeRequest request, FakeStore store) {
    MetricQuery metric = LogQlParser.metric(request.parameter("query"));
    long time = FakeRequest.nanos("time", request.parameter("time"));
    Map<Map<String, String>, Long> sums = new TreeMap<>(new LabelOrder());
    long start = time - metric.range().toNanos();
    for (Found found : store.find(metric.query(), start + 1, time + 1, true, Integer.MAX_VALUE)) {
      Map<String, String> labels = new TreeMap<>(found.passing().all());
      labels.keySet().retainAll(metric.by());
      long value =
          metric.bytes() ? found.passing().line.getBytes(StandardCharsets.UTF_8).length : 1;
      sums.merge(labels, value, Long::sum);
    }
    return json(JSON, json -> writeVector(json, time, sums));
  }

  private static void writeVector(
      JsonGenerator json, long time, Map<Map<String, String>, Long> sums) {
    json.writeStartObject().writeStringProperty("status", "success");
    json.writeObjectPropertyStart("data").writeStringProperty("resultType", "vector");
    json.writeArrayPropertyStart("result");
    sums.forEach((labels, value) -> {
      json.writeStartObject().writeObjectPropertyStart("metric");
      labels.forEach(json::writeStringProperty);
      json.writeEndObject().writeArrayPropertyStart("value");
      json.writeNumber(time / 1_000_000_000L).writeString(Long.toString(value));
      json.writeEndArray().writeEndObject();
    });
    json.writeEndArray().writeEndObject().writeEndObject();
  }

  private FakeAnswer labels(FakeRequest request, FakeStore store) {
    checkLength(request.start(SIX_HOURS), request.end());
    return strings(
        series(request, store, "query").stream()
            .flatMap(labels -> labels.keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private FakeAnswer labelValues(FakeRequest request, FakeStore store, String name) {
    return strings(
        series(request, store, "query").stream()
            .map(labels -> labels.getOrDefault(name, ""))
            .filter(value -> !value.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private List<Map<String, String>> series(FakeRequest request, FakeStore store, String by) {
    String query = request.parameter(by);
    long start = lookback(request.start(SIX_HOURS), request.end());
    return query.isEmpty()
        ? store.allSeries(start, request.end())
        : store.series(LogQlParser.logs(query), start, request.end());
  }

  private FakeAnswer series(FakeRequest request, FakeStore store) {
    List<Map<String, String>> found = series(request, store, "match[]");
    return json(
        JSON,
        json -> {
          json.writeStartObject().writeStringProperty("status", "success");
          json.writeArrayPropertyStart("data");
          for (Map<String, String> labels : found) {
            json.writeStartObject();
            labels.forEach(json::writeStringProperty);
            json.writeEndObject();
          }
          json.writeEndArray().writeEndObject();
        });
  }

  /** No data at all if there are none, as Go writes it. */
  private static FakeAnswer strings(Set<String> strings) {
    return json(
        JSON,
        json -> {
          json.writeStartObject().writeStringProperty("status", "success");
          if (!strings.isEmpty()) {
            json.writeArrayPropertyStart("data");
            strings.forEach(json::writeString);
            json.writeEndArray();
          }
          json.writeEndObject();
        });
  }

  private FakeAnswer delete(FakeRequest request, FakeStore store) {
    if (!options.deletion()) {
      throw new Refused(403, "deletion is not available for this tenant");
    }
    return switch (request.method()) {
      case "GET" -> json(PLAIN_JSON, json -> writeDeletions(json, store.deletions()));
      case "POST", "PUT" -> {
        store.delete(deletion(request));
        yield FakeAnswer.NO_CONTENT;
      }
      default -> throw new Refused(405, "");
    };
  }

  private static Deletion deletion(FakeRequest request) {
    String query = request.parameter("query");
    try {
      LogQlParser.logs(query);
    } catch (Refused _) {
      throw Refused.badRequest("invalid query expression\n");
    }
    return new Deletion(
        UUID.randomUUID().toString().substring(0, 8),
        FakeRequest.nanos("start", request.parameter("start")) / NANOS_PER_MILLI,
        FakeRequest.nanos("end", request.parameter("end")) / NANOS_PER_MILLI,
        query,
        System.currentTimeMillis());
  }

  private static void writeDeletions(JsonGenerator json, List<Deletion> deletions) {
    json.writeStartArray();
    for (Deletion deletion : deletions) {
      json.writeStartObject()
          .writeStringProperty("request_id", deletion.id())
          .writeName("start_time")
          .writeNumber(deletion.startMillis() / 1000)
          .writeName("end_time")
          .writeNumber(deletion.endMillis() / 1000)
          .writeStringProperty("query", deletion.query())
          .writeStringProperty("status", "received")
          .writeName("created_at")
          .writeNumber(deletion.createdMillis() / MILLIS_PER_SECOND)
          .writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeNoStats(JsonGenerator json) {
    json.writeStartObject();
    for (String name : List.of("streams", "chunks", "bytes", "entries")) {
      json.writeName(name).writeNumber(0);
    }
    json.writeEndObject();
  }

  private static void writeBuild(JsonGenerator json) {
    json.writeStartObject();
    for (String name :
        List.of("version", "revision", "branch", "buildUser", "buildDate", "goVersion")) {
      json.writeStringProperty(name, "");
    }
    json.writeEndObject();
  }

  private static FakeAnswer json(String contentType, Consumer<JsonGenerator> writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      writer.accept(json);
    }
    return new FakeAnswer(200, contentType, bytes.toByteArray());
  }
}

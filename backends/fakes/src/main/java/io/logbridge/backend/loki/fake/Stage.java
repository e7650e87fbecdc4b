// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki.fake;

import io.logbridge.backend.shipped.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A stage of a pipeline. */
sealed interface Stage {

  /** Whether the entry passes; may change it. */
  boolean process(Passing entry);

  /** An entry on its way through a pipeline. */
  final class Passing {

    final Map<String, String> stream;
    final Map<String, String> metadata;
    final Map<String, String> parsed = new LinkedHashMap<>();
    String line;

    Passing(Map<String, String> stream, Map<String, String> metadata, String line) {
      this.stream = new HashMap<>(stream);
      this.metadata = new HashMap<>(metadata);
      this.line = line;
    }

    Map<String, String> all() {
      Map<String, String> all = new HashMap<>(stream);
      all.putAll(metadata);
      all.putAll(parsed);
      return all;
    }
  }

  /** {@code |= "text"} or {@code != "text"}. */
  record LineFilter(boolean wanted, String text) implements Stage {
    @Override
    public boolean process(Passing entry) {
      return entry.line.contains(text) == wanted;
    }
  }

  /** {@code | name="value" or other="value"}. */
  record LabelFilter(List<Matcher> alternatives) implements Stage {
    @Override
    public boolean process(Passing entry) {
      Map<String, String> labels = entry.all();
      return alternatives.stream().anyMatch(matcher -> matcher.test(labels));
    }
  }

  /** {@code | json name="a.b"}, each path as its keys. */
  record JsonFields(Map<String, List<String>> paths) implements Stage {
    @Override
    public boolean process(Passing entry) {
      Map<List<String>, String> values = flatten(entry.line);
      paths.forEach((name, path) -> {
        String value = values.get(path);
        if (value != null) {
          entry.parsed.put(name, value);
        }
      });
      return true;
    }

    private static Map<List<String>, String> flatten(String line) {
      Map<List<String>, String> values = new HashMap<>();
      try (JsonParser parser = Json.parser(line)) {
        if (parser.nextToken() == JsonToken.START_OBJECT) {
          flatten(parser, List.of(), values);
        }
      } catch (JacksonException _) {
        return Map.of();
      }
      return values;
    }

    private static void flatten(
        JsonParser parser, List<String> prefix, Map<List<String>, String> values) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        List<String> path = new ArrayList<>(prefix);
        path.add(parser.currentName());
        JsonToken token = parser.nextToken();
        if (token == JsonToken.START_OBJECT) {
          flatten(parser, path, values);
        } else if (token.isScalarValue()) {
          values.put(path, parser.getString());
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  /** {@code | line_format "{{.name}}"}. */
  record LineFormat(String template) implements Stage {
    @Override
    public boolean process(Passing entry) {
      String line = template;
      for (Map.Entry<String, String> label : entry.all().entrySet()) {
        line = line.replace("{{." + label.getKey() + "}}", label.getValue());
      }
      entry.line = line;
      return true;
    }
  }

  /** {@code | drop a,b}. */
  record Drop(List<String> names) implements Stage {
    @Override
    public boolean process(Passing entry) {
      for (Map<String, String> labels : List.of(entry.stream, entry.metadata, entry.parsed)) {
        names.forEach(labels::remove);
      }
      return true;
    }
  }
}

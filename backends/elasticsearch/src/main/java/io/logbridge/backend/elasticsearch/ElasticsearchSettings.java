// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.LogPage;
import io.logbridge.backend.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings below {@code logStorage.elasticsearch}.
 *
 * @param urls the nodes, or the proxies before them; all with the same path
 */
record ElasticsearchSettings(
    List<URI> urls,
    IndexTemplate index,
    FieldMapping fields,
    Paging paging,
    Connection connection) {

  private static final int MIB = 1 << 20;

  /**
   * How much is asked for at once.
   *
   * @param initial lines of the first page: small, so that the first byte comes soon
   * @param max lines of any page; at most the {@code max_result_window} of the indices
   * @param bytes of a page at most that we aim at, as {@link LogPage#bytes} counts them
   * @param responseBytes of an answer that we accept, compressed if it is
   * @param heldLines lines of one millisecond that we hold to put them in order
   * @param keepAlive how long the store keeps a point in time between two pages
   */
  record Paging(
      int initial, int max, int bytes, int responseBytes, int heldLines, Duration keepAlive) {

    static final Paging DEFAULT =
        new Paging(500, 10_000, 4 * MIB, 16 * MIB, 200_000, Duration.ofMinutes(2));

    static Paging from(Settings settings) {
      Settings size = settings.section("pageSize");
      int max = size.integer("max", DEFAULT.max, 1, 1_000_000);
      int initial = size.integer("initial", Math.min(DEFAULT.initial, max), 1, max);
      int bytes = size.integer("bytes", DEFAULT.bytes, 1024, 64 * MIB);
      return new Paging(
          initial,
          max,
          bytes,
          size.integer("responseBytes", DEFAULT.responseBytes, 64 * 1024, 512 * MIB),
          settings.integer("maxHeldLines", DEFAULT.heldLines, 1000, 10_000_000),
          settings.duration(
              "pointInTimeKeepAlive",
              DEFAULT.keepAlive,
              Duration.ofSeconds(1),
              Duration.ofHours(24)));
    }
  }

  /**
   * How the nodes are reached.
   *
   * @param requestTimeout for the answer to one request
   * @param connectTimeout for making one connection
   * @param compression whether requests and answers are compressed
   * @param connections at most, to all nodes together
   * @param caFile certificates in PEM that we trust instead of the platform's
   */
  record Connection(
      Duration requestTimeout,
      Duration connectTimeout,
      boolean compression,
      int connections,
      @Nullable Path caFile,
      Authentication authentication) {

    static Connection from(Settings settings) {
      Duration min = Duration.ofMillis(1);
      Duration max = Duration.ofHours(1);
      return new Connection(
          settings.duration("requestTimeout", Duration.ofSeconds(30), min, max),
          settings.duration("connectTimeout", Duration.ofSeconds(5), min, max),
          settings.flag("compression", false),
          settings.integer("maxConnections", 64, 1, 10_000),
          settings.file("caFile").orElse(null),
          Authentication.from(settings));
    }
  }

  static ElasticsearchSettings from(Settings settings) {
    return new ElasticsearchSettings(
        urls(settings),
        index(settings),
        FieldMapping.from(settings.section("fields")),
        Paging.from(settings),
        Connection.from(settings));
  }

  /** The path that all URLs share; empty if they have none. */
  String pathPrefix() {
    return path(urls.getFirst());
  }

  private static IndexTemplate index(Settings settings) {
    String examples =
        "the indices of the logs, for example logstash-{date:yyyy.MM.dd}, filebeat-* or"
            + " app-{namespace}-*";
    String text = String.join(",", settings.list("index"));
    if (text.isEmpty()) {
      throw settings.missing("index", examples);
    }
    try {
      return IndexTemplate.parse(text);
    } catch (IllegalArgumentException e) {
      throw settings.invalid("index", text, examples + "; " + e.getMessage());
    }
  }

  private static List<URI> urls(Settings settings) {
    String expected = "one or several like https://elasticsearch.example.org:9200";
    List<String> texts = settings.list("urls");
    if (texts.isEmpty()) {
      throw settings.missing("urls", expected);
    }
    List<URI> urls = texts.stream().map(text -> url(settings, text)).toList();
    for (URI url : urls) {
      if (!path(url).equals(path(urls.getFirst()))) {
        throw settings.invalid("urls", String.join(",", texts), "URLs with the same path");
      }
    }
    return urls;
  }

  private static URI url(Settings settings, String text) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException _) {
      throw settings.invalid("urls", withoutUser(text), "a URL");
    }
    if (url.getRawUserInfo() != null || text.contains("@")) {
      throw settings.invalid(
          "urls", withoutUser(text), "no user in the URL; set username and password");
    }
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null || url.getQuery() != null || url.getFragment() != null) {
      throw settings.invalid("urls", text, "http:// or https://, a host, a port, at most a path");
    }
    return url;
  }

  private static String withoutUser(String url) {
    return url.replaceAll("//.*@", "//***@");
  }

  private static String path(URI url) {
    return Optional.ofNullable(url.getRawPath()).orElse("").replaceAll("/+$", "");
  }
}

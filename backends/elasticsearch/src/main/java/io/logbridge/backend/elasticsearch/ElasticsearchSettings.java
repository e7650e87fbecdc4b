// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.Settings;
import io.logbridge.backend.http.Credentials;
import io.logbridge.backend.http.StoreUrl;
import io.logbridge.backend.http.Tls;
import io.logbridge.backend.paging.PageLimits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
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
   * @param page at most as many lines as the {@code max_result_window} of the indices
   * @param heldLines lines of one millisecond that we hold to put them in order
   * @param keepAlive how long the store keeps a point in time between two pages
   */
  record Paging(PageLimits page, int heldLines, Duration keepAlive) {

    static final Paging DEFAULT =
        new Paging(new PageLimits(500, 10_000, 4 * MIB, 16 * MIB), 200_000, Duration.ofMinutes(2));

    static Paging from(Settings settings) {
      return new Paging(
          PageLimits.from(settings.section("pageSize"), DEFAULT.page),
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
   * @param tls for {@code https}, or {@code null} for the platform's certificates and none of ours
   */
  record Connection(
      Duration requestTimeout,
      Duration connectTimeout,
      boolean compression,
      int connections,
      @Nullable SSLContext tls,
      Credentials credentials) {

    static Connection from(Settings settings) {
      Duration min = Duration.ofMillis(1);
      Duration max = Duration.ofHours(1);
      return new Connection(
          settings.duration("requestTimeout", Duration.ofSeconds(30), min, max),
          settings.duration("connectTimeout", Duration.ofSeconds(5), min, max),
          settings.flag("compression", false),
          settings.integer("maxConnections", 64, 1, 10_000),
          Tls.from(settings).orElse(null),
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
    return StoreUrl.path(urls.getFirst());
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
    List<URI> urls = texts.stream().map(text -> StoreUrl.parse(settings, "urls", text)).toList();
    for (URI url : urls) {
      if (!StoreUrl.path(url).equals(StoreUrl.path(urls.getFirst()))) {
        throw settings.invalid("urls", String.join(",", texts), "URLs with the same path");
      }
    }
    return urls;
  }
}

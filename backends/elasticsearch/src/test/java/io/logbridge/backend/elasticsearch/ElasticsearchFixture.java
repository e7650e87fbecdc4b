// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.testkit.ContainerEngine;
import io.logbridge.backend.testkit.LogBackendFixture;
import io.logbridge.backend.testkit.PageSettings;
import io.logbridge.backend.testkit.PartialForm;
import io.logbridge.backend.testkit.StoredLine;
import io.logbridge.backend.testkit.proxy.HttpAnswer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real Elasticsearch whose indices have one layout. */
final class ElasticsearchFixture implements LogBackendFixture {

  private static final int BULK_CHARS = 4 << 20;
  private static final String USER = "logbridge";
  private static final String PASSWORD = "not-for-anyone-to-see";
  private static final Pattern OPEN_CONTEXTS = Pattern.compile("\"open_contexts\":(\\d+)");

  private final Layout layout;
  private final boolean image;
  private TestStore store;
  private long sequence;

  /**
   * @param image whether the server is the vendor's image, and not the artifact
   */
  ElasticsearchFixture(Layout layout, boolean image) {
    this.layout = layout;
    this.image = image;
  }

  @Override
  public Optional<String> missing() {
    return image ? ContainerEngine.missing() : Optional.empty();
  }

  @Override
  public String name() {
    return (image ? "image " : "")
        + layout.version.number()
        + ", "
        + layout.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Override
  public void start() throws Exception {
    store = image ? TestStore.ofImage(layout.version) : TestStore.of(layout.version);
    String index = layout.index(epoch());
    if (!layout.indexBody.isEmpty()) {
      store.createIndex(index, layout.indexBody);
    } else {
      StoredLine any =
          StoredLine.of(
              new ContainerRef("other", "other", "7c1d6f0e-1f35-4b8c-9d52-3f6a5b0e9c11", "other"),
              epoch(),
              LogStream.STDOUT,
              "maps the fields");
      store.bulk(layout.bulkLines(any, 0));
    }
  }

  @Override
  public URI store() {
    return store.uri();
  }

  @Override
  public LogBackend open(URI address, PageSettings pages) {
    Map<String, String> settings = new HashMap<>();
    settings.put("urls", address.toString());
    settings.put("index", layout.template());
    settings.put("fields.preset", layout.preset);
    settings.put("username", USER);
    settings.put("password", PASSWORD);
    settings.put("pageSize.initial", String.valueOf(pages.first()));
    settings.put("pageSize.max", String.valueOf(pages.max()));
    settings.put("pageSize.bytes", String.valueOf(pages.maxBytes()));
    return TestBackends.open(settings);
  }

  @Override
  public List<String> secrets() {
    byte[] pair = (USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    return List.of(PASSWORD, Base64.getEncoder().encodeToString(pair));
  }

  @Override
  public void ingest(List<StoredLine> lines) throws Exception {
    StringBuilder bulk = new StringBuilder();
    for (StoredLine line : lines) {
      bulk.append(layout.bulkLines(line, sequence++));
      if (bulk.length() > BULK_CHARS) {
        store.bulk(bulk.toString());
        bulk.setLength(0);
      }
    }
    if (!bulk.isEmpty()) {
      store.bulk(bulk.toString());
    }
  }

  @Override
  public Optional<String> ingestOddity(ContainerRef container, Instant time) throws Exception {
    StoredLine line = StoredLine.of(container, time, LogStream.STDOUT, "");
    String document = layout.oddity(line);
    store.bulk(layout.bulkLines(line, document));
    return Optional.of(document);
  }

  @Override
  public Duration resolution() {
    return Duration.ofNanos(1);
  }

  @Override
  public Set<PartialForm> partialForms() {
    return layout.partialForms;
  }

  @Override
  public HttpAnswer refusal(int status, String detail) {
    String type =
        switch (status) {
          case 400 -> "parsing_exception";
          case 401, 403 -> "security_exception";
          case 404 -> "index_not_found_exception";
          case 429 -> "es_rejected_execution_exception";
          case 503 -> "no_shard_available_action_exception";
          default -> "null_pointer_exception";
        };
    String cause = "{\"type\":\"" + type + "\",\"reason\":\"" + detail + "\"}";
    String body =
        "{\"error\":{\"root_cause\":[%s],\"type\":\"%s\",\"reason\":\"%s\"},\"status\":%d}"
            .formatted(cause, type, detail, status);
    HttpAnswer answer = HttpAnswer.json(status, body);
    boolean byElasticsearchItself = status != 401 && status != 403;
    return byElasticsearchItself ? answer.withHeader("X-elastic-product", "Elasticsearch") : answer;
  }

  /** The build of the server that can be had as an artifact has no {@code _delete_by_query}. */
  @Override
  public boolean canDelete() {
    return image;
  }

  @Override
  public int heldForReaders() throws IOException, InterruptedException {
    Matcher open =
        OPEN_CONTEXTS.matcher(
            store.send("GET", "/_stats/search?level=cluster&filter_path=_all.total.search", ""));
    return open.find() ? Integer.parseInt(open.group(1)) : 0;
  }

  @Override
  public void close() {
    // The server goes on for other tests; it ends with the process.
  }
}

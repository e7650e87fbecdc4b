// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.loki.fake.FakeLoki;
import io.logbridge.backend.testkit.LogBackendFixture;
import io.logbridge.backend.testkit.PageSettings;
import io.logbridge.backend.testkit.PartialForm;
import io.logbridge.backend.testkit.StoreFault;
import io.logbridge.backend.testkit.StoredLine;
import io.logbridge.backend.testkit.proxy.Fault;
import io.logbridge.backend.testkit.proxy.HttpAnswer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Loki in this process that a shipper of one layout fills. */
class LokiFixture implements LogBackendFixture {

  static final String TOKEN = "not-for-anyone-to-see";

  private static final int MAX_LINE = 256 * 1024;
  private static final ContainerRef OTHER =
      new ContainerRef("other", "other", "7c1d6f0e-1f35-4b8c-9d52-3f6a5b0e9c11", "other");

  private final LokiLayout layout;
  private @Nullable FakeLoki loki;
  private LokiPusher pusher;
  private URI store;

  LokiFixture(LokiLayout layout) {
    this.layout = layout;
  }

  @Override
  public String name() {
    return layout.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Override
  public void start() throws Exception {
    store = startStore();
    pusher = new LokiPusher(store, layout);
    // A Loki without any log is one that the backend finds fault with.
    pusher.push(List.of(StoredLine.of(OTHER, epoch(), LogStream.STDOUT, "somebody else's")));
  }

  /** Starts Loki and says where it is. */
  URI startStore() throws Exception {
    loki = FakeLoki.start(layout.options);
    return loki.uri();
  }

  @Override
  public URI store() {
    return store;
  }

  @Override
  public LogBackend open(URI address, PageSettings pages) {
    Map<String, String> settings = layout.settings();
    settings.put("url", address + (loki == null ? "" : loki.tenantUri().getPath()));
    settings.put("token", TOKEN);
    settings.put("pageSize.initial", String.valueOf(pages.first()));
    settings.put("pageSize.max", String.valueOf(pages.max()));
    settings.put("pageSize.bytes", String.valueOf(pages.maxBytes()));
    return TestBackends.open(settings, epoch().plus(Duration.ofDays(2)));
  }

  @Override
  public List<String> secrets() {
    return List.of(TOKEN);
  }

  @Override
  public void ingest(List<StoredLine> lines) throws Exception {
    pusher.push(lines);
  }

  @Override
  public Duration resolution() {
    return Duration.ofNanos(1);
  }

  @Override
  public Set<PartialForm> partialForms() {
    return layout.partialForms;
  }

  /** Where lines may be bare, none is odd. */
  @Override
  public Optional<String> ingestOddity(ContainerRef container, Instant time) throws Exception {
    String text = layout.oddity(container);
    if (text != null) {
      pusher.pushBare(StoredLine.of(container, time, LogStream.STDOUT, text));
    }
    return Optional.ofNullable(text);
  }

  /** Loki refuses longer ones. */
  @Override
  public boolean holds(String text) {
    StoredLine line = StoredLine.of(OTHER, epoch(), LogStream.STDOUT, text);
    return layout.text(line, Integer.MAX_VALUE).getBytes(StandardCharsets.UTF_8).length <= MAX_LINE;
  }

  @Override
  public HttpAnswer refusal(int status, String detail) {
    return HttpAnswer.of(status, "text/plain; charset=utf-8", "refused: " + detail);
  }

  @Override
  public List<StoreFault> storeFaults() {
    return List.of(
        new StoreFault(
            "a page that is too large for gRPC",
            StoreFault.Moment.BETWEEN_PAGES,
            null,
            (proxy, _) ->
                proxy.injectAt(
                    1,
                    new Fault.Answer(
                        HttpAnswer.of(
                            500,
                            "text/plain",
                            "rpc error: code = ResourceExhausted desc = grpc: received message"
                                + " larger than max (5000000 vs. 4194304)"))),
            null),
        new StoreFault(
            "a window that holds too many bytes",
            StoreFault.Moment.AT_START,
            null,
            (proxy, _) ->
                proxy.injectAt(
                    1,
                    new Fault.Answer(
                        HttpAnswer.of(
                            400,
                            "text/plain",
                            "the query would read too many bytes (query: 2 GB, limit: 1 GB);"
                                + " consider adding more specific stream selectors"))),
            null));
  }

  @Override
  public boolean canDelete() {
    return layout.canDelete();
  }

  @Override
  public void finishDeletions() {
    if (loki != null) {
      loki.processDeletions();
    }
  }

  @Override
  public void close() {
    pusher.close();
    if (loki != null) {
      loki.close();
    }
  }
}

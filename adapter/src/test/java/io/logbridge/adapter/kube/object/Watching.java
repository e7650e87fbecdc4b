// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that watches, on a thread of its own. */
final class Watching implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Archive archive;
  private final KubeWatch watch;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(); // is synchronised
  private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();

  private Watching(Archive archive, KubeWatch watch) {
    this.archive = archive;
    this.watch = watch;
  }

  static Watching begin(
      Archive archive,
      KubeResource resource,
      @Nullable String namespace,
      WatchOptions options,
      Presentation presentation) {
    Watching watching =
        new Watching(archive, archive.objects().watch(resource, namespace, options, presentation));
    Thread.ofVirtual().start(watching::run);
    return watching;
  }

  private void run() {
    try {
      watch.writeTo(out);
      end.complete(null);
    } catch (Throwable e) {
      end.completeExceptionally(e);
    }
  }

  /** What has been written, without the lines that only show that somebody is there. */
  List<JsonNode> events() {
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isEmpty())
        .map(JSON::readTree)
        .toList();
  }

  List<String> summary() {
    return events().stream()
        .map(event ->
            event.path("type").stringValue()
                + " "
                + event.path("object").path("metadata").path("name").stringValue())
        .toList();
  }

  /** Waits until exactly this has been told, looking at the database again and again. */
  void expect(String... events) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          archive.timer().tick();
          assertThat(summary()).containsExactly(events);
        });
  }

  void awaitEvents(int count) {
    await().atMost(PATIENCE).until(() -> events().size() >= count);
  }

  /** Waits until there has been nothing to tell for a while. */
  void awaitHeartbeat() {
    await()
        .atMost(PATIENCE)
        .until(() -> out.toString(StandardCharsets.UTF_8).lines().anyMatch(String::isEmpty));
  }

  void awaitEnd() {
    end.orTimeout(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS).join();
  }

  /** Leaves; the watch has ended without a failure when this returns. */
  @Override
  public void close() {
    watch.close();
    awaitEnd();
  }
}

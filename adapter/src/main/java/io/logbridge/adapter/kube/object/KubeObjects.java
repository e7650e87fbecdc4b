// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import static io.logbridge.adapter.kube.object.ObjectSource.MOST_AT_ONCE;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.json.ClientJson;
import io.logbridge.adapter.kube.object.Presentation.Include;
import io.logbridge.adapter.record.LabelSelector;
import io.logbridge.adapter.record.ObjectSearch.Part;
import io.logbridge.adapter.record.ObjectStore;
import io.logbridge.adapter.stream.PollTimer;
import io.logbridge.backend.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers get, list and watch for the objects of an archive. A list is in the order of time, oldest
 * first; of objects that had the same name one after the other it has the last one.
 *
 * <p>Methods block their caller's thread. Safe for use by many threads.
 */
public final class KubeObjects {

  /** How often the database is asked for changes, while anybody watches. */
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(2);

  /** Well below the minute after which many a proxy takes a silent connection for a dead one. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(20);

  private final ObjectStore store;
  private final Columns columns;
  private final ChangeFeed feed;
  private final Duration heartbeat;

  public KubeObjects(ObjectStore store, InstantSource clock) {
    this(store, clock, PollTimer.every(POLL_INTERVAL), HEARTBEAT);
  }

  KubeObjects(ObjectStore store, InstantSource clock, PollTimer timer, Duration heartbeat) {
    this.store = store;
    this.columns = new Columns(clock);
    this.feed = new ChangeFeed(store, timer);
    this.heartbeat = heartbeat;
  }

  /**
   * A single object.
   *
   * @param namespace {@code null} for what is in none
   * @throws RequestException {@code NOT_FOUND} if there is none, in the words of Kubernetes
   */
  public KubeAnswer get(
      KubeResource resource,
      @Nullable String namespace,
      String name,
      Presentation presentation,
      Deadline deadline) {
    FieldSelector named =
        new FieldSelector(List.of(new FieldSelector.Term("metadata.name", true, name)));
    ObjectCursor found =
        new ObjectSource(store, resource, namespace, Part.WHOLE, MOST_AT_ONCE, deadline)
            .cursor(
                new Selection(LabelSelector.EVERYTHING, named),
                ContinueToken.start(new ResourceVersion(0)));
    ObjectNode last = null;
    for (ObjectNode object = found.peek(); object != null; object = found.peek()) {
      last = object;
      found.skip();
    }
    if (last == null) {
      throw new RequestException(
          Code.NOT_FOUND, "%s \"%s\" not found".formatted(resource.qualifiedName(), name));
    }
    JsonNode answer = Form.of(resource, presentation, columns).single(last);
    return out -> {
      try (JsonGenerator json = ClientJson.generator(out)) {
        ClientJson.write(answer, json);
      }
    };
  }

  /**
   * The objects of a resource.
   *
   * @param namespace {@code null} for all
   * @throws RequestException {@code INVALID_ARGUMENT} if a selector or the token cannot be read, in
   *     the words of Kubernetes; {@code UNAVAILABLE} if the database fails
   */
  public KubeAnswer list(
      KubeResource resource,
      @Nullable String namespace,
      ListOptions options,
      Presentation presentation,
      Deadline deadline) {
    Selection selection = Selection.of(options.labelSelector(), options.fieldSelector(), resource);
    ContinueToken start =
        options.continueToken().isEmpty()
            ? ContinueToken.start(ResourceVersion.of(store.now(deadline)))
            : ContinueToken.parse(options.continueToken());
    ObjectCursor objects =
        new ObjectSource(
                store, resource, namespace, part(presentation), pageSize(options.limit()), deadline)
            .cursor(selection, start);
    objects.peek(); // a database that fails now fails before the answer has begun
    return new ListWriter(Form.of(resource, presentation, columns), objects, options.limit());
  }

  /**
   * The changes of the objects of a resource. Begins when it is written; whoever writes it closes
   * it when the client has gone.
   *
   * @param namespace {@code null} for all
   * @throws RequestException {@code INVALID_ARGUMENT} if a selector or the version cannot be read,
   *     in the words of Kubernetes
   */
  public KubeWatch watch(
      KubeResource resource,
      @Nullable String namespace,
      WatchOptions options,
      Presentation presentation) {
    return new KubeWatch(
        new ObjectSource(
            store, resource, namespace, part(presentation), MOST_AT_ONCE, Deadline.never()),
        Selection.of(options.labelSelector(), options.fieldSelector(), resource),
        Form.of(resource, presentation, columns),
        options,
        feed,
        heartbeat);
  }

  /** One record more than is wanted says whether the list goes on. */
  private static int pageSize(long limit) {
    return limit > 0 && limit < MOST_AT_ONCE ? (int) limit + 1 : MOST_AT_ONCE + 1;
  }

  private static Part part(Presentation presentation) {
    return switch (presentation) {
      case Presentation.Renamed renamed -> part(renamed.as());
      case Presentation.Objects _ -> Part.WHOLE;
      case Presentation.Metadata _ -> Part.BRIEF;
      case Presentation.Table table -> table.include() == Include.OBJECT ? Part.WHOLE : Part.BRIEF;
    };
  }
}

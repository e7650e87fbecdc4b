// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.kube.KubePath.Objects;
import io.logbridge.adapter.kube.object.ArchiveApi;
import io.logbridge.adapter.kube.object.FieldSelector;
import io.logbridge.adapter.kube.object.KubeResource;
import io.logbridge.adapter.kube.object.ListOptions;
import io.logbridge.adapter.kube.object.Presentation;
import io.logbridge.adapter.kube.object.Presentation.Include;
import io.logbridge.adapter.kube.object.WatchOptions;
import io.logbridge.adapter.transcode.QueryString;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request for an object, or for a list of them.
 *
 * @param what as the path names it
 */
record ObjectRequest(KubeResource resource, Objects what, QueryString query) {

  /** Clients begin anew when a watch has ended, so that a place is not taken for ever. */
  private static final Duration LONGEST_WATCH = Duration.ofHours(1);

  /** A path as a request; nothing if it leads to no resource. */
  static Optional<ObjectRequest> of(Objects what, QueryString query) {
    return KubeResource.find(what.group(), what.version(), what.resource())
        .filter(resource -> what.subresource().isEmpty() && isPlace(resource, what))
        .map(resource -> new ObjectRequest(resource, what, query));
  }

  private static boolean isPlace(KubeResource resource, Objects what) {
    return resource.namespaced()
        ? !what.namespace().isEmpty() || what.name().isEmpty()
        : what.namespace().equals(what.name());
  }

  boolean isList() {
    return what.name().isEmpty();
  }

  boolean isWatch() {
    return isList() && QueryFlags.isOn(query, "watch");
  }

  /** {@code null} for all, and for what is in none. */
  @Nullable String namespace() {
    return resource.namespaced() && !what.namespace().isEmpty() ? what.namespace() : null;
  }

  String verb() {
    if (!isList()) {
      return "get";
    }
    return isWatch() ? "watch" : "list";
  }

  /** What permission is needed for; a list that can be of one object only counts as of that. */
  Objects permission() {
    return isList()
        ? FieldSelector.onlyName(first("fieldSelector")).map(this::named).orElse(what)
        : what;
  }

  private Objects named(String name) {
    return new Objects(what.group(), what.version(), what.namespace(), what.resource(), name, "");
  }

  /** The forms in which it can be answered. */
  Set<Accepted> forms() {
    return EnumSet.of(
        Accepted.PLAIN,
        Accepted.TABLE,
        Accepted.TABLE_V1BETA1,
        isList() && !isWatch() ? Accepted.METADATA_LIST : Accepted.METADATA);
  }

  /**
   * The form of the answer.
   *
   * @throws RequestException if the parameters of a table are wrong
   */
  Presentation presentation(Accepted form) {
    Presentation own = own(form);
    return what.isArchive() ? new Presentation.Renamed(own, ArchiveApi.API_VERSION) : own;
  }

  private Presentation own(Accepted form) {
    return switch (form) {
      case TABLE, TABLE_V1BETA1 -> new Presentation.Table(form.version(), include());
      case METADATA, METADATA_LIST -> new Presentation.Metadata(form.version());
      case PLAIN, DISCOVERY, DISCOVERY_V2BETA1 -> Presentation.OBJECTS;
    };
  }

  private Include include() {
    String value = first("includeObject");
    return switch (value) {
      case "", "Metadata" -> Include.METADATA;
      case "None" -> Include.NONE;
      case "Object" -> Include.OBJECT;
      default -> throw RequestException.invalid("includeObject", value, "None, Metadata or Object");
    };
  }

  /**
   * What the parameters say of a list.
   *
   * @throws RequestException if they are wrong
   */
  ListOptions listOptions() {
    return new ListOptions(
        first("labelSelector"), first("fieldSelector"), number("limit"), first("continue"));
  }

  /**
   * What the parameters say of a watch.
   *
   * @throws RequestException if they are wrong
   */
  WatchOptions watchOptions() {
    long seconds = number("timeoutSeconds");
    return new WatchOptions(
        first("labelSelector"),
        first("fieldSelector"),
        first("resourceVersion"),
        QueryFlags.isOn(query, "sendInitialEvents"),
        QueryFlags.isOn(query, "allowWatchBookmarks"),
        seconds > 0 && seconds < LONGEST_WATCH.toSeconds()
            ? Duration.ofSeconds(seconds)
            : LONGEST_WATCH);
  }

  private long number(String name) {
    String value = first(name);
    try {
      return value.isEmpty() ? 0 : Long.parseLong(value);
    } catch (NumberFormatException _) {
      throw RequestException.invalid(name, value, "a whole number");
    }
  }

  private String first(String name) {
    List<String> values = query.all(name);
    return values.isEmpty() ? "" : values.getFirst();
  }
}

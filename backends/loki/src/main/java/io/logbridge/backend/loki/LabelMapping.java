// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Settings;
import io.logbridge.backend.shipped.FieldRole;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which labels say what: a preset, with single labels named otherwise by the user.
 *
 * @param names the label of each role
 * @param metadata the roles that are not labels of the stream but metadata of the entry
 * @param always labels that all streams of the logs have, with their values: the cluster, say
 */
record LabelMapping(
    Map<LabelRole, String> names, Set<LabelRole> metadata, Map<String, String> always) {

  private static final String ALWAYS = "always";
  private static final String METADATA = "structuredMetadata";

  static LabelMapping of(LokiPreset preset) {
    return new LabelMapping(preset.labels(), preset.metadata(), Map.of());
  }

  static LabelMapping from(Settings settings, LokiPreset preset) {
    Map<LabelRole, String> names = new EnumMap<>(preset.labels());
    for (LabelRole role : LabelRole.values()) {
      settings.text(role.key()).ifPresent(name -> put(settings, names, role, name));
    }
    Set<LabelRole> metadata = EnumSet.noneOf(LabelRole.class);
    metadata.addAll(metadata(settings, preset));
    metadata.retainAll(names.keySet());
    Map<String, String> always = always(settings);
    if (!names.containsKey(LabelRole.NAMESPACE) && always.isEmpty()) {
      throw settings.invalid(
          LabelRole.NAMESPACE.key(),
          "",
          "a label's name, or "
              + settings.path()
              + "."
              + ALWAYS
              + ": Loki wants a label to select streams by");
    }
    return new LabelMapping(names, metadata, always);
  }

  private static void put(
      Settings settings, Map<LabelRole, String> names, LabelRole role, String name) {
    if (name.isEmpty()) {
      names.remove(role);
    } else if (LogQl.NAME.matcher(name).matches()) {
      names.put(role, name);
    } else {
      throw settings.invalid(
          role.key(), name, "a label's name: letters, digits and underscores, as Loki shows it");
    }
  }

  private static Set<LabelRole> metadata(Settings settings, LokiPreset preset) {
    List<String> keys = settings.list(METADATA);
    if (keys.isEmpty()) {
      return preset.metadata();
    }
    Set<LabelRole> roles = EnumSet.noneOf(LabelRole.class);
    for (String key : keys) {
      switch (key) {
        case "pod" -> roles.add(LabelRole.POD);
        case "podUid" -> roles.add(LabelRole.POD_UID);
        case "container" -> roles.add(LabelRole.CONTAINER);
        case "" -> {
          // An empty list is given as an empty text.
        }
        default ->
            throw settings.invalid(
                METADATA, String.join(",", keys), "some of pod, podUid, container");
      }
    }
    return roles;
  }

  private static Map<String, String> always(Settings settings) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String pair : settings.list(ALWAYS)) {
      int equals = pair.indexOf('=');
      boolean wellFormed =
          equals > 0
              && equals + 1 < pair.length()
              && LogQl.NAME.matcher(pair.substring(0, equals)).matches();
      if (!wellFormed) {
        throw settings.invalid(ALWAYS, pair, "label=value, several with commas");
      }
      labels.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return labels;
  }

  /** The label with this role; {@code null} if there is none. */
  @Nullable String get(LabelRole role) {
    return names.get(role);
  }

  /** The labels that streams are selected by, each with the setting that names it. */
  Map<String, String> selected() {
    Map<String, String> labels = new LinkedHashMap<>();
    always.keySet().forEach(label -> labels.put(label, "labels." + ALWAYS));
    for (LabelRole role :
        List.of(LabelRole.NAMESPACE, LabelRole.POD, LabelRole.POD_UID, LabelRole.CONTAINER)) {
      String label = names.get(role);
      if (label != null && !metadata.contains(role)) {
        labels.put(label, "labels." + role.key());
      }
    }
    return labels;
  }

  /** Whether the pod's uid can be asked for. */
  boolean hasPodUid() {
    return names.containsKey(LabelRole.POD_UID);
  }

  /** What no label tells of a container, so that each line has to. */
  Set<FieldRole> untold() {
    Set<FieldRole> untold = EnumSet.noneOf(FieldRole.class);
    if (!names.containsKey(LabelRole.NAMESPACE)) {
      untold.add(FieldRole.NAMESPACE);
    }
    if (!names.containsKey(LabelRole.POD)) {
      untold.add(FieldRole.POD);
    }
    if (!names.containsKey(LabelRole.CONTAINER)) {
      untold.add(FieldRole.CONTAINER);
    }
    return untold;
  }

  /** The entries that have the labels of a container. */
  LogQl query(ContainerRef container) {
    LogQl query = streams(container.namespace());
    query = with(query, LabelRole.POD, container.pod());
    query = with(query, LabelRole.CONTAINER, container.container());
    String uid = container.podUid();
    return uid == null ? query : with(query, LabelRole.POD_UID, uid);
  }

  private LogQl streams(String namespace) {
    String label = names.get(LabelRole.NAMESPACE);
    if (label == null) {
      return ofAll().orElseThrow();
    }
    LogQl query = LogQl.streams(label, namespace);
    for (Map.Entry<String, String> each : always.entrySet()) {
      query = query.and(each.getKey(), each.getValue());
    }
    return query;
  }

  /** The streams that have the labels which all streams have; nothing if none are known. */
  Optional<LogQl> ofAll() {
    LogQl query = null;
    for (Map.Entry<String, String> each : always.entrySet()) {
      query =
          query == null
              ? LogQl.streams(each.getKey(), each.getValue())
              : query.and(each.getKey(), each.getValue());
    }
    return Optional.ofNullable(query);
  }

  private LogQl with(LogQl query, LabelRole role, String value) {
    String name = names.get(role);
    if (name == null) {
      return query;
    }
    return metadata.contains(role) ? query.where(name, value) : query.and(name, value);
  }
}

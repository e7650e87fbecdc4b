// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.Settings;
import io.logbridge.backend.shipped.FieldRole;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which fields of an event hold what: a preset, with single fields named otherwise by the user.
 *
 * @param preset the preset's name as users write it
 * @param json whether an event is an object in JSON, and not the text of a line
 * @param names the fields of each role, the best first
 * @param newlineEndsLine whether a message without a newline at its end goes on in the next event
 */
record EventFields(
    String preset, boolean json, Map<FieldRole, List<String>> names, boolean newlineEndsLine) {

  private static final String NEWLINE = "newline";

  /** Splunk has a time of its own, which needs no name. */
  private static final Set<FieldRole> ROLES = EnumSet.complementOf(EnumSet.of(FieldRole.TIMESTAMP));

  /** What bare lines have beside them; all else is in a record in JSON. */
  private static final Set<FieldRole> OF_TEXT =
      EnumSet.of(
          FieldRole.NAMESPACE,
          FieldRole.POD,
          FieldRole.POD_UID,
          FieldRole.CONTAINER,
          FieldRole.STREAM);

  EventFields {
    names = Map.copyOf(names);
  }

  static EventFields of(EventPreset preset) {
    return new EventFields(spelling(preset), preset.isJson(), preset.fields(), false);
  }

  static EventFields from(Settings settings) {
    EventPreset preset = settings.oneOf("preset", EventPreset.class, EventPreset.OPENTELEMETRY);
    Map<FieldRole, List<String>> names = new EnumMap<>(preset.fields());
    names.remove(FieldRole.TIMESTAMP);
    for (FieldRole role : ROLES) {
      List<String> own = settings.list(role.key());
      if (!own.isEmpty()) {
        names.put(role, checked(settings, preset, role, own));
      }
    }
    List<String> partial = new ArrayList<>(names.getOrDefault(FieldRole.PARTIAL, List.of()));
    boolean newline = partial.remove(NEWLINE);
    names.replace(FieldRole.PARTIAL, partial);
    return new EventFields(spelling(preset), preset.isJson(), names, newline);
  }

  /** The fields with this role, the best first; may be empty. */
  List<String> get(FieldRole role) {
    return names.getOrDefault(role, List.of());
  }

  private static List<String> checked(
      Settings settings, EventPreset preset, FieldRole role, List<String> names) {
    List<String> given = names.stream().filter(name -> !name.isEmpty()).toList();
    String text = String.join(",", names);
    if (!preset.isJson() && !OF_TEXT.contains(role)) {
      throw settings.invalid(
          role.key(),
          text,
          "not set: an event of the preset " + spelling(preset) + " is the bare text of a line");
    }
    boolean wellFormed =
        given.stream()
            .allMatch(name -> preset.isJson() ? name.matches("[^\\s\"]+") : Spl.isField(name));
    if (!wellFormed || (given.isEmpty() && role.required())) {
      throw settings.invalid(role.key(), text, "names of fields, separated by commas");
    }
    return given;
  }

  private static String spelling(EventPreset preset) {
    return preset.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

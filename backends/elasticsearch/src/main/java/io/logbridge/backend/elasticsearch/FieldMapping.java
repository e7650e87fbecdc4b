// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.Settings;
import io.logbridge.backend.shipped.FieldPreset;
import io.logbridge.backend.shipped.FieldRole;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which fields of a document hold what: a preset, with single fields named otherwise by the user.
 *
 * @param preset the preset's name as users write it
 * @param names the fields of each role, the best first
 * @param newlineEndsLine whether a message without a newline at its end goes on in the next
 *     document
 */
record FieldMapping(String preset, Map<FieldRole, List<String>> names, boolean newlineEndsLine) {

  private static final String NEWLINE = "newline";

  FieldMapping {
    names = Map.copyOf(names);
  }

  static FieldMapping of(FieldPreset preset) {
    return new FieldMapping(spelling(preset), preset.fields(), false);
  }

  static FieldMapping from(Settings settings) {
    FieldPreset preset = settings.oneOf("preset", FieldPreset.class, FieldPreset.FLUENTD);
    Map<FieldRole, List<String>> names = new EnumMap<>(preset.fields());
    for (FieldRole role : FieldRole.values()) {
      List<String> own = settings.list(role.key());
      if (!own.isEmpty()) {
        names.put(role, checked(settings, role, own));
      }
    }
    FieldMapping given = new FieldMapping(spelling(preset), names, false);
    if (given.get(FieldRole.TIME).equals(preset.fields().get(FieldRole.TIMESTAMP))) {
      // Whoever moves the timestamp moves the text that it was read from.
      names.put(FieldRole.TIME, given.get(FieldRole.TIMESTAMP));
    }
    List<String> partial = new ArrayList<>(given.get(FieldRole.PARTIAL));
    boolean newline = partial.remove(NEWLINE);
    names.put(FieldRole.PARTIAL, List.copyOf(partial));
    return new FieldMapping(spelling(preset), names, newline);
  }

  /** The fields with this role, the best first; may be empty. */
  List<String> get(FieldRole role) {
    return names.getOrDefault(role, List.of());
  }

  private static List<String> checked(Settings settings, FieldRole role, List<String> names) {
    List<String> given = names.stream().filter(name -> !name.isEmpty()).toList();
    boolean wellFormed = given.stream().allMatch(name -> name.matches("[^\\s*?,\"]+"));
    if (!wellFormed || (given.isEmpty() && role.required())) {
      throw settings.invalid(
          role.key(),
          String.join(",", names),
          "names of fields, separated by commas, without blanks and wildcards");
    }
    return given;
  }

  private static String spelling(FieldPreset preset) {
    return preset.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

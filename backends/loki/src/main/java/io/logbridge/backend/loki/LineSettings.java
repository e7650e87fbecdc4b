// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Settings;
import io.logbridge.backend.shipped.FieldRole;
import io.logbridge.backend.shipped.LineDecoder;
import io.logbridge.backend.shipped.LineForm;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a stored line is.
 *
 * @param fields of a line that is a document: those of each role, the best first
 * @param newlineEndsLine whether a message without a newline at its end goes on in the next line
 */
record LineSettings(LineForm form, Map<FieldRole, List<String>> fields, boolean newlineEndsLine) {

  private static final String NEWLINE = "newline";

  /** When a line was written Loki's timestamp tells. */
  private static final Set<FieldRole> READ = EnumSet.complementOf(EnumSet.of(FieldRole.TIMESTAMP));

  static LineSettings of(LokiPreset preset) {
    return new LineSettings(preset.line(), preset.fields().fields(), false);
  }

  static LineSettings from(Settings settings, LokiPreset preset) {
    Map<FieldRole, List<String>> fields = new EnumMap<>(preset.fields().fields());
    for (FieldRole role : READ) {
      List<String> own = settings.list(role.key());
      if (!own.isEmpty()) {
        fields.put(role, own.stream().filter(name -> !name.isEmpty()).toList());
      }
    }
    List<String> partial = new ArrayList<>(fields.getOrDefault(FieldRole.PARTIAL, List.of()));
    boolean newline = partial.remove(NEWLINE);
    fields.put(FieldRole.PARTIAL, List.copyOf(partial));
    return new LineSettings(
        settings.oneOf("form", LineForm.class, preset.line()), Map.copyOf(fields), newline);
  }

  /** Whether a line of another form is one that the settings do not fit. */
  boolean expectsForm() {
    return form == LineForm.JSON || form == LineForm.KEY_VALUE;
  }

  /** Whether a line can tell this of the container that wrote it. */
  boolean tells(FieldRole role) {
    return form != LineForm.RAW && !fields.getOrDefault(role, List.of()).isEmpty();
  }

  /** A text that is in each line that has this name in one of its fields. */
  String written(String name) {
    return form == LineForm.JSON ? "\"" + name + "\"" : name;
  }

  /** The only field of documents with this role; nothing if there is not just one. */
  Optional<String> onlyField(FieldRole role) {
    List<String> names = fields.getOrDefault(role, List.of());
    return form == LineForm.JSON && names.size() == 1
        ? Optional.of(names.getFirst())
        : Optional.empty();
  }

  /** Whether each line has a number of its own, which tells it from all others. */
  boolean hasSequence() {
    return form == LineForm.JSON && !fields.getOrDefault(FieldRole.SEQUENCE, List.of()).isEmpty();
  }

  /**
   * A decoder of one container's lines.
   *
   * @param untold what they themselves have to tell, since no label does
   */
  LineDecoder decoder(ContainerRef container, Set<FieldRole> untold) {
    Map<FieldRole, String> expected = new EnumMap<>(FieldRole.class);
    untold.forEach(role -> expected.put(role, name(role, container)));
    if (container.podUid() != null) {
      expected.put(FieldRole.POD_UID, name(FieldRole.POD_UID, container));
    }
    return new LineDecoder(form, fields, newlineEndsLine, expected);
  }

  /** What a line of a container has in the fields of a role, if that is known. */
  static String name(FieldRole role, ContainerRef container) {
    String name =
        switch (role) {
          case NAMESPACE -> container.namespace();
          case POD -> container.pod();
          case POD_UID -> container.podUid();
          case CONTAINER -> container.container();
          default -> null;
        };
    if (name == null) {
      throw new IllegalArgumentException(role + " says nothing of " + container);
    }
    return name;
  }
}

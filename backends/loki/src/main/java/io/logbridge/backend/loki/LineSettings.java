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
import java.util.Set;

/**
 * What a stored line is.
 *
 * @param fields of a line that is a document: those of each role, the best first
 * @param newlineEndsLine whether a message without a newline at its end goes on in the next line
 */
record LineSettings(LineForm form, Map<FieldRole, List<String>> fields, boolean newlineEndsLine) {

  private static final String NEWLINE = "newline";

  /** Whatever else there is to know of an entry, its labels and its timestamp tell. */
  private static final Set<FieldRole> READ =
      EnumSet.complementOf(
          EnumSet.of(FieldRole.TIMESTAMP, FieldRole.NAMESPACE, FieldRole.POD, FieldRole.CONTAINER));

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

  /** Whether a line can tell which pod wrote it. */
  boolean hasPodUid() {
    return form != LineForm.RAW && !fields.getOrDefault(FieldRole.POD_UID, List.of()).isEmpty();
  }

  /** Whether each line has a number of its own, which tells it from all others. */
  boolean hasSequence() {
    return form == LineForm.JSON && !fields.getOrDefault(FieldRole.SEQUENCE, List.of()).isEmpty();
  }

  /** A decoder of one container's lines. */
  LineDecoder decoder(ContainerRef container) {
    Map<FieldRole, String> expected =
        container.podUid() == null ? Map.of() : Map.of(FieldRole.POD_UID, container.podUid());
    return new LineDecoder(form, fields, newlineEndsLine, expected);
  }
}

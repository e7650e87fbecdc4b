// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Settings;
import io.logbridge.backend.http.Connection;
import io.logbridge.backend.http.Credentials;
import io.logbridge.backend.paging.PageLimits;
import io.logbridge.backend.shipped.FieldRole;
import io.logbridge.backend.shipped.LineDecoder;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The settings below {@code logStorage.loki}.
 *
 * @param path the key of these settings from the root, for messages
 * @param asksAsCaller whether requests have the token of who asks, and none of ours
 */
record LokiSettings(
    String path,
    Connection connection,
    boolean asksAsCaller,
    Tenant tenant,
    LabelMapping labels,
    LineSettings line,
    PageLimits paging) {

  private static final int MIB = 1 << 20;

  /** Fewer than Loki's own limit, 5000 entries, by the one that shows whether more follow. */
  private static final PageLimits PAGING = new PageLimits(500, 4_999, 4 * MIB, 32 * MIB);

  /** Whose credentials requests have. */
  private enum Owner {
    LOGBRIDGE,
    CALLER
  }

  static LokiSettings from(Settings settings) {
    Settings labels = settings.section("labels");
    LokiPreset preset = labels.oneOf("preset", LokiPreset.class, LokiPreset.PROMTAIL);
    Credentials own = Credentials.from(settings, "Bearer");
    boolean asksAsCaller =
        settings.oneOf("credentials", Owner.class, Owner.LOGBRIDGE) == Owner.CALLER;
    if (asksAsCaller && !(own instanceof Credentials.None)) {
      throw settings.invalid(
          "credentials", "caller", "neither username nor token together with it");
    }
    LabelMapping mapping = LabelMapping.from(labels, preset);
    LineSettings line = LineSettings.from(settings.section("line"), preset);
    requireTold(labels, mapping, line);
    return new LokiSettings(
        settings.path(),
        Connection.from(
            settings,
            "https://loki-gateway.example.org, or with LokiStack"
                + " https://lokistack-gateway.example.org:8080/api/logs/v1/application",
            own),
        asksAsCaller,
        Tenant.from(settings),
        mapping,
        line,
        PageLimits.from(settings.section("pageSize"), PAGING));
  }

  /** What no label says the lines have to say. */
  private static void requireTold(Settings settings, LabelMapping labels, LineSettings line) {
    for (FieldRole role : labels.untold()) {
      if (!line.tells(role)) {
        throw settings.invalid(
            role.key(),
            "",
            "a label's name, since lines of the form "
                + line.form().name().toLowerCase(Locale.ROOT).replace('_', '-')
                + " do not tell it");
      }
    }
  }

  /**
   * The entries of a container; where labels do not tell it, those that may be its, for {@link
   * #decoder} to decide.
   */
  LogQl query(ContainerRef container) {
    LogQl query = labels.query(container);
    for (FieldRole role : labels.untold()) {
      query = query.containing(line.written(LineSettings.name(role, container)));
    }
    return query;
  }

  /** A decoder of one container's lines, which knows them from those of others. */
  LineDecoder decoder(ContainerRef container) {
    return line.decoder(container, labels.untold());
  }

  /**
   * The entries of a container and no others, for Loki to delete them; nothing if Loki cannot tell
   * them from those of others.
   */
  Optional<LogQl> deletion(ContainerRef container) {
    LogQl query = query(container);
    Set<FieldRole> untold = labels.untold();
    String uid = container.podUid();
    if (uid != null && !labels.hasPodUid() && line.tells(FieldRole.POD_UID)) {
      query = query.containing(uid);
      if (!untold.isEmpty()) {
        untold.add(FieldRole.POD_UID);
      }
    }
    for (FieldRole role : untold) {
      Optional<String> field = line.onlyField(role);
      if (field.isEmpty()) {
        return Optional.empty();
      }
      query = query.whereJson(inQuery(role), field.get(), LineSettings.name(role, container));
    }
    return Optional.of(query);
  }

  private static String inQuery(FieldRole role) {
    return "logbridge_" + role.key();
  }
}

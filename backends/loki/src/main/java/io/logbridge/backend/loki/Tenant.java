// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.Settings;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whose logs are asked for.
 *
 * @param template the tenant, in which <code>{namespace}</code> stands for the run's; empty for
 *     none
 * @see <a href="https://grafana.com/docs/loki/latest/operations/multi-tenancy/">Multi-tenancy</a>
 */
record Tenant(String template) {

  static final String HEADER = "X-Scope-OrgID";

  private static final String NAMESPACE = "{namespace}";
  private static final int MAX_LENGTH = 150;

  /** Several tenants are written with bars between them. */
  private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9!_.*'()|-]*");

  static Tenant from(Settings settings) {
    String template = settings.text("tenant", "");
    String fixed = template.replace(NAMESPACE, "");
    if (fixed.length() > MAX_LENGTH || !SYNTAX.matcher(fixed).matches()) {
      throw settings.invalid(
          "tenant",
          template,
          "at most 150 letters, digits and !-_.*'(), with {namespace} for the run's namespace and |"
              + " between several");
    }
    return new Tenant(template);
  }

  /** Whether the tenant depends on the namespace. */
  boolean isPerNamespace() {
    return template.contains(NAMESPACE);
  }

  /** The value of the header; empty for a Loki without tenants. */
  Optional<String> of(String namespace) {
    return template.isEmpty()
        ? Optional.empty()
        : Optional.of(template.replace(NAMESPACE, namespace));
  }
}

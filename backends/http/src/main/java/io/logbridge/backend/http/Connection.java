// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.http;

import io.logbridge.backend.Settings;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a store is reached.
 *
 * @param url its address, with the path that all its endpoints share
 * @param requestTimeout for one request and its whole answer
 * @param connectTimeout for making one connection
 * @param compression whether answers are asked for compressed
 * @param tls for {@code https}, or {@code null} for the platform's certificates and none of ours
 */
public record Connection(
    URI url,
    Duration requestTimeout,
    Duration connectTimeout,
    boolean compression,
    @Nullable SSLContext tls,
    Credentials credentials) {

  /**
   * Reads {@code url}, {@code requestTimeout}, {@code connectTimeout}, {@code compression}, {@code
   * ca} or {@code caFile}, {@code certificateFile} and {@code keyFile}.
   *
   * @param example of a URL, for the message when there is none
   */
  public static Connection from(Settings settings, String example, Credentials credentials) {
    Duration min = Duration.ofMillis(1);
    Duration max = Duration.ofHours(1);
    return new Connection(
        StoreUrl.parse(settings, "url", settings.requiredText("url", "a URL like " + example)),
        settings.duration("requestTimeout", Duration.ofSeconds(30), min, max),
        settings.duration("connectTimeout", Duration.ofSeconds(5), min, max),
        settings.flag("compression", false),
        Tls.from(settings).orElse(null),
        credentials);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.reader;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What to read, and from where.
 *
 * @param server its address, with a path if it stands behind one
 * @param name {@code PARENT/results/RESULT/logs/UID}
 * @param credentials by which the reader is known
 * @param options of the log, as REST spells them
 * @param timestamps whether each line begins with its time
 * @param prefix whether each line begins with its step
 * @param json whether lines are printed as the objects that they come in
 */
public record LogRequest(
    URI server,
    String name,
    Credentials credentials,
    Map<String, List<String>> options,
    boolean timestamps,
    boolean prefix,
    boolean json) {

  /** Where the log is in REST. */
  URI uri() {
    String base = server.toString().replaceAll("/+$", "");
    String query =
        options.entrySet().stream()
            .flatMap(
                option -> option.getValue().stream().map(value -> pair(option.getKey(), value)))
            .collect(Collectors.joining("&"));
    return URI.create(
        base
            + "/apis/results.tekton.dev/v1alpha3/parents/"
            + name
            + (query.isEmpty() ? "" : "?" + query));
  }

  private static String pair(String key, String value) {
    return key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return uri().toString();
  }
}

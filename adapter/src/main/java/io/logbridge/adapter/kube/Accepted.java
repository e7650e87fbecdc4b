// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube;

import io.helidon.common.media.type.MediaType;
import io.helidon.http.HttpMediaType;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The forms of JSON in which an answer can be given. Protobuf is asked for by clients that take
 * JSON as well.
 */
enum Accepted {
  /** The object as it is. */
  PLAIN("", "", ""),
  /** A table of it, which kubectl prints. */
  TABLE("Table", "meta.k8s.io", "v1"),
  TABLE_V1BETA1("Table", "meta.k8s.io", "v1beta1"),
  /** Who it is, without what it is. */
  METADATA("PartialObjectMetadata", "meta.k8s.io", "v1"),
  METADATA_LIST("PartialObjectMetadataList", "meta.k8s.io", "v1"),
  /** All that there is to discover in one answer. */
  DISCOVERY("APIGroupDiscoveryList", "apidiscovery.k8s.io", "v2"),
  DISCOVERY_V2BETA1("APIGroupDiscoveryList", "apidiscovery.k8s.io", "v2beta1");

  private final String kind;
  private final String group;
  private final String version;

  Accepted(String kind, String group, String version) {
    this.kind = kind;
    this.group = group;
    this.version = version;
  }

  String version() {
    return version;
  }

  /** As the answer says it: {@code meta.k8s.io/v1}. */
  String apiVersion() {
    return group + "/" + version;
  }

  /** The media type of an answer that has no other sign of its form. */
  String contentType() {
    return this == PLAIN
        ? "application/json"
        : "application/json;g=%s;v=%s;as=%s".formatted(group, version, kind);
  }

  /**
   * The first form that the client takes of those that are offered.
   *
   * @return nothing if it takes none
   */
  static Optional<Accepted> of(ServerRequest request, Set<Accepted> offered) {
    List<HttpMediaType> types = request.headers().acceptedTypes();
    return types.isEmpty()
        ? Optional.of(PLAIN)
        : types.stream()
            .flatMap(type -> offered.stream().filter(form -> form.isMeantBy(type)))
            .findFirst();
  }

  private boolean isMeantBy(HttpMediaType accepted) {
    MediaType type = accepted.mediaType();
    boolean json =
        switch (type.text()) {
          case "application/json", "application/*", "*/*" -> true;
          default -> false;
        };
    Map<String, String> parameters = accepted.parameters();
    return json
        && parameters.getOrDefault("as", "").equals(kind)
        && parameters.getOrDefault("g", "").equals(group)
        && parameters.getOrDefault("v", "").equals(version);
  }
}

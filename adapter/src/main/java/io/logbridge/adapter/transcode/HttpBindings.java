// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transcode;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the RPC that an HTTP request means. */
public final class HttpBindings {

  private final List<HttpBinding> bindings;

  private HttpBindings(List<HttpBinding> bindings) {
    this.bindings = bindings;
  }

  /** The RPCs of some services that have an HTTP rule. */
  public static HttpBindings of(ServiceDescriptor... services) {
    // The last one wins, as in grpc-gateway: a record named "summary" cannot be read, but the
    // summary can.
    return new HttpBindings(
        Stream.of(services)
            .flatMap(service -> service.getMethods().stream())
            .flatMap(method -> HttpBinding.of(method).stream())
            .toList()
            .reversed());
  }

  /** What a request means. */
  public sealed interface Match {}

  /**
   * An RPC.
   *
   * @param fields of its request that the path sets, by their dotted names
   */
  public record Found(HttpBinding binding, Map<String, String> fields) implements Match {}

  /** A path that exists, but not with this method. */
  public record WrongMethod() implements Match {}

  /** A path that does not exist. */
  public record NoSuchPath() implements Match {}

  /**
   * Finds the RPC of a request.
   *
   * @param segments of the path, decoded
   */
  public Match match(String verb, List<String> segments) {
    Match match = new NoSuchPath();
    for (HttpBinding binding : bindings) {
      Optional<Map<String, String>> fields = binding.path().match(segments);
      if (fields.isPresent()) {
        if (binding.verb().equals(verb)) {
          return new Found(binding, fields.get());
        }
        match = new WrongMethod();
      }
    }
    return match;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import com.google.protobuf.ByteString;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.transcode.QueryString;
import io.logbridge.adapter.transcode.RequestPath;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * An HTTP request as grpc-gateway looks at it.
 *
 * @param verb the method
 * @param path its segments, decoded
 * @param form whether the body is a form, by which clients send queries too long for a URL
 * @param body all of it
 */
record RestRequest(
    String verb, List<String> path, QueryString query, boolean form, ByteString body) {

  private static final HeaderName OVERRIDE = HeaderNames.create("X-HTTP-Method-Override");
  private static final HeaderName FIELDS = HeaderNames.create("Grpc-Metadata-Fields");

  /**
   * Reads a request.
   *
   * @param body of the request
   * @throws RequestException if the URL cannot be decoded
   */
  static RestRequest of(ServerRequest request, ByteString body) {
    var prologue = request.prologue();
    QueryString query = QueryString.parse(prologue.query().rawValue());
    String verb = prologue.method().text();
    boolean form =
        verb.equals("POST")
            && request
                .headers()
                .first(HeaderNames.CONTENT_TYPE)
                .filter("application/x-www-form-urlencoded"::equals)
                .isPresent();
    RestRequest read =
        new RestRequest(
            verb, RequestPath.segments(prologue.uriPath().rawPath()), query, form, body);
    return form && request.headers().contains(OVERRIDE)
        ? read.as(request.headers().get(OVERRIDE).get().toUpperCase(Locale.ROOT))
        : read;
  }

  /** A form as what it stands for: the same with another method, its fields in the query. */
  RestRequest as(String otherVerb) {
    QueryString fields = QueryString.parse(body.toStringUtf8());
    return new RestRequest(otherVerb, path, fields.and(query), false, ByteString.EMPTY);
  }

  /** The masks of the fields that the client wants; none for all fields. */
  List<String> fields(ServerRequest request) {
    Stream<String> header =
        request.headers().contains(FIELDS)
            ? request.headers().get(FIELDS).allValues().stream()
            : Stream.of();
    return Stream.concat(query.all("fields").stream().limit(1), header).toList();
  }
}

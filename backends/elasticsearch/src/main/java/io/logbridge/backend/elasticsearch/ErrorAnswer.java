// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch._types.ErrorResponse;
import co.elastic.clients.json.JsonpMapper;
import co.elastic.clients.json.SimpleJsonpMapper;
import co.elastic.clients.transport.TransportException;
import co.elastic.clients.transport.http.TransportHttpClient;
import io.logbridge.backend.http.RetryAfter;
import jakarta.json.stream.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.http.HttpEntity;
import org.elasticsearch.client.ResponseException;
import org.jspecify.annotations.Nullable;

/**
 * An answer that refuses a request, whichever way the client reports it: it reads the errors of
 * some statuses and leaves those of others, the overload and the server's own, to the low-level
 * client.
 *
 * @param error what Elasticsearch says; {@code null} if somebody else answered
 * @param retryAfter when to try again, from now, if the answer says so
 */
record ErrorAnswer(int status, @Nullable ErrorCause error, @Nullable Duration retryAfter) {

  private static final String RETRY_AFTER = "Retry-After";

  static ErrorAnswer of(ElasticsearchException e) {
    return new ErrorAnswer(e.status(), e.error(), retryAfter(e.httpResponse()));
  }

  static ErrorAnswer of(TransportException e) {
    return new ErrorAnswer(e.statusCode(), null, retryAfter(e.response()));
  }

  static ErrorAnswer of(ResponseException e) {
    return new ErrorAnswer(
        e.getResponse().getStatusLine().getStatusCode(),
        error(e.getResponse().getEntity()),
        RetryAfter.of(e.getResponse().getHeader(RETRY_AFTER)));
  }

  private static @Nullable Duration retryAfter(TransportHttpClient.@Nullable Response response) {
    return response == null ? null : RetryAfter.of(response.header(RETRY_AFTER));
  }

  private static @Nullable ErrorCause error(@Nullable HttpEntity entity) {
    if (entity == null) {
      return null;
    }
    JsonpMapper mapper = SimpleJsonpMapper.INSTANCE;
    try (InputStream body = entity.getContent();
        JsonParser parser = mapper.jsonProvider().createParser(body)) {
      return ErrorResponse._DESERIALIZER.deserialize(parser, mapper).error();
    } catch (IOException | RuntimeException _) {
      // A page of a proxy, say. Its text is nobody's business; the status says enough.
      return null;
    }
  }
}

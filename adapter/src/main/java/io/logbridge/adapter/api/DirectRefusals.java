// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.transcode.RequestPath;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Answers requests that no route is asked about, since they cannot be read: each face says so in
 * its own form.
 */
public final class DirectRefusals implements DirectHandler {

  private final List<Form> forms;

  /** The form of a face. */
  public interface Form {

    /** Whether a path is of this face, as far as it can be read. */
    boolean isOf(String rawPath);

    /** The media type of {@link #body}. */
    String contentType();

    /** What the client is told. */
    String body(Failure failure);
  }

  /** That of grpc-gateway, for whatever has no other. */
  private static final Form REST =
      new Form() {
        @Override
        public boolean isOf(String rawPath) {
          return true;
        }

        @Override
        public String contentType() {
          return "application/json";
        }

        @Override
        public String body(Failure failure) {
          return JsonErrors.body(failure);
        }
      };

  /**
   * @param forms those of other faces than REST
   */
  public DirectRefusals(List<Form> forms) {
    this.forms = List.copyOf(forms);
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType eventType,
      Status defaultStatus,
      ServerResponseHeaders headers,
      String message) {
    String path = request.path();
    if (!path.startsWith("/")) { // no request at all, so of no face
      return DirectHandler.defaultHandler()
          .handle(request, eventType, defaultStatus, headers, message);
    }
    Form form = forms.stream().filter(each -> each.isOf(path)).findFirst().orElse(REST);
    Failure failure = failure(path, message);
    headers.set(HeaderNames.CONTENT_TYPE, form.contentType());
    TransportResponse.Builder response =
        TransportResponse.builder()
            .status(defaultStatus)
            .headers(headers)
            .keepAlive(eventType.keepAlive());
    if (!request.method().equals(Method.HEAD.text())) {
      response.entity(form.body(failure).getBytes(StandardCharsets.UTF_8));
    }
    return response.build();
  }

  private static Failure failure(String path, String message) {
    try {
      RequestPath.segments(path); // says what is wrong with it
    } catch (RequestException e) {
      return StatusMapper.map(e);
    }
    return StatusMapper.map(new RequestException(RequestException.Code.INVALID_ARGUMENT, message));
  }
}

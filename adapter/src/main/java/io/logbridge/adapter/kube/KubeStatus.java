// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube;

import com.google.rpc.Code;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.logbridge.adapter.api.Failure;
import io.logbridge.adapter.kube.KubePath.Objects;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A failure as Kubernetes tells it, {@code metav1.Status}: the only form of which kubectl shows the
 * text.
 *
 * @param code of HTTP
 * @param reason for programs: {@code NotFound}
 * @param what the object or list that it is about; {@code null} for none
 * @param retryAfter when to try again; {@code null} if nobody should
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/">Status</a>
 */
record KubeStatus(
    int code,
    String reason,
    String message,
    @Nullable Objects what,
    @Nullable Duration retryAfter) {

  static final KubeStatus NO_SUCH_PATH =
      new KubeStatus(
          404, "NotFound", "the server could not find the requested resource", null, null);

  static final KubeStatus READ_ONLY =
      new KubeStatus(
          405,
          "MethodNotAllowed",
          "the server does not allow this method on the requested resource: archived runs can only"
              + " be read",
          null,
          null);

  static final KubeStatus NOT_ACCEPTABLE =
      new KubeStatus(
          406,
          "NotAcceptable",
          "only the following media types are accepted: application/json",
          null,
          null);

  private static final JsonMapper JSON = new JsonMapper();

  /** What a call has failed of. */
  static KubeStatus of(Failure failure, @Nullable Objects what) {
    int code = failure.httpStatus();
    String message =
        failure.code() == Code.PERMISSION_DENIED && what != null
            ? forbidden(what, failure.message())
            : failure.message();
    return new KubeStatus(code, reason(code), message, what, retryAfter(failure));
  }

  /** In the words of Kubernetes, which tools look for. */
  private static String forbidden(Objects what, String message) {
    String resource =
        what.group().isEmpty() ? what.resource() : what.resource() + "." + what.group();
    String name = what.name().isEmpty() ? "" : " \"" + what.name() + "\"";
    return resource + name + " is forbidden: " + message;
  }

  /**
   * kubectl takes a delay as an order to wait and try again, ten times. That is right where others
   * were in the way, and wrong where something is broken that a person should hear of.
   */
  private static @Nullable Duration retryAfter(Failure failure) {
    return failure.code() == Code.RESOURCE_EXHAUSTED ? failure.retryAfter() : null;
  }

  private static String reason(int code) {
    return switch (code) {
      case 400 -> "BadRequest";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "NotFound";
      case 405 -> "MethodNotAllowed";
      case 406 -> "NotAcceptable";
      case 409 -> "Conflict";
      case 410 -> "Expired";
      case 429 -> "TooManyRequests";
      case 500 -> "InternalError";
      case 503 -> "ServiceUnavailable";
      case 504 -> "Timeout";
      default -> "";
    };
  }

  /** Answers a request with it. */
  void send(ServerRequest request, ServerResponse response) {
    response.status(Status.create(code));
    response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json"));
    if (code == 401) {
      response.header(HeaderValues.create(HeaderNames.WWW_AUTHENTICATE, "Bearer"));
    }
    if (code == 405) {
      response.header(HeaderValues.create(HeaderNames.ALLOW, "GET"));
    }
    if (retryAfter != null) {
      response.header(HeaderValues.create(HeaderNames.RETRY_AFTER, Long.toString(seconds())));
    }
    if (request.prologue().method().equals(Method.HEAD)) {
      response.send();
    } else {
      response.send(body());
    }
  }

  /** As the body of an answer. */
  String body() {
    return JSON.writeValueAsString(json());
  }

  private long seconds() {
    return retryAfter == null ? 0 : Math.max(1, retryAfter.plusMillis(999).toSeconds());
  }

  private ObjectNode json() {
    ObjectNode status = JSON.createObjectNode();
    status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    status.put("status", "Failure").put("message", message).put("reason", reason);
    if (what != null || retryAfter != null) {
      details(status.putObject("details"));
    }
    return status.put("code", code);
  }

  private void details(ObjectNode details) {
    if (what != null) {
      put(details, "name", what.name());
      put(details, "group", what.group());
      put(details, "kind", what.resource());
    }
    if (retryAfter != null) {
      details.put("retryAfterSeconds", seconds());
    }
  }

  private static void put(ObjectNode details, String field, String value) {
    if (!value.isEmpty()) {
      details.put(field, value);
    }
  }
}

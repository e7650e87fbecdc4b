// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.record.Keyset.Position;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a list goes on; opaque to clients.
 *
 * @param version that of the list from its beginning: what changes later is not in it
 * @param row the last record of which all objects have been returned; {@code null} for none
 * @param partial the uid of a record after that one, of which some objects have been returned;
 *     empty for none
 * @param done how many objects of that record have been looked at
 */
record ContinueToken(ResourceVersion version, @Nullable Position row, String partial, int done) {

  private static final JsonMapper JSON = new JsonMapper();

  /** The beginning of a list. */
  static ContinueToken start(ResourceVersion version) {
    return new ContinueToken(version, null, "", 0);
  }

  /**
   * Reads a token.
   *
   * @throws RequestException {@code INVALID_ARGUMENT} if it is none
   */
  static ContinueToken parse(String text) {
    JsonNode token;
    try {
      byte[] json = Base64.getUrlDecoder().decode(text);
      token = JSON.readTree(new String(json, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | JacksonException e) {
      throw invalid("not one of this server's");
    }
    JsonNode version = token.path("rv");
    JsonNode done = token.path("done");
    if (!version.isLong() && !version.isInt()) {
      throw invalid("incorrect encoded start resourceVersion");
    }
    if (!done.isInt() || done.intValue() < 0) {
      throw invalid("not one of this server's");
    }
    return new ContinueToken(
        new ResourceVersion(version.longValue()),
        row(token),
        Json.text(token, "partial"),
        done.intValue());
  }

  private static @Nullable Position row(JsonNode token) {
    String id = Json.text(token, "id");
    if (id.isEmpty() || id.indexOf('\0') >= 0) {
      return null;
    }
    String created = Json.text(token, "created");
    try {
      return new Position(id, created.isEmpty() ? null : Instant.parse(created));
    } catch (DateTimeException e) {
      throw invalid("not one of this server's");
    }
  }

  String text() {
    ObjectNode token =
        JSON.createObjectNode()
            .put("rv", version.micros())
            .put("partial", partial)
            .put("done", done);
    if (row != null) {
      token.put("id", row.uid());
      Instant created = row.value();
      if (created != null) {
        token.put("created", created.toString());
      }
    }
    byte[] json = JSON.writeValueAsBytes(token);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  private static RequestException invalid(String why) {
    return new RequestException(
        Code.INVALID_ARGUMENT, "invalid continue token: continue key is not valid: " + why);
  }
}

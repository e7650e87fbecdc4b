// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.Secret;
import io.logbridge.backend.http.AnswerTooLongException;
import io.logbridge.backend.http.Credentials;
import io.logbridge.backend.http.StoreAnswer;
import io.logbridge.backend.http.StoreHttp;
import io.logbridge.backend.http.StoreRequest;
import io.logbridge.backend.shipped.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A login with user and password, for a key that is good for some time. One key serves all threads.
 */
final class Session implements Credentials {

  private final String username;
  private final Secret password;
  private final AtomicReference<@Nullable Key> key = new AtomicReference<>();

  Session(String username, Secret password) {
    this.username = username;
    this.password = password;
  }

  /** What a login gives. */
  static final class Key {

    private final String value;

    private Key(String value) {
      this.value = value;
    }
  }

  @Override
  public Optional<String> header() {
    return Optional.ofNullable(key.get()).map(current -> "Splunk " + current.value);
  }

  /**
   * The key of this session, for which it logs in unless it has one.
   *
   * @throws LogBackendException if it cannot
   */
  Key open(StoreHttp http, Deadline deadline) throws InterruptedException {
    Key current = key.get();
    if (current != null) {
      return current;
    }
    // Several may log in at once, which is better than to wait for one that hangs.
    Key fresh = login(http, deadline);
    key.compareAndSet(null, fresh);
    return fresh;
  }

  /** The store does not take this key any more. */
  void expired(Key refused) {
    key.compareAndSet(refused, null);
  }

  private Key login(StoreHttp http, Deadline deadline) throws InterruptedException {
    try {
      return http.call(
          StoreRequest.post("login", "/services/auth/login")
              .field("username", username)
              .field("password", password.reveal())
              .field("output_mode", "json"),
          deadline,
          Session::key);
    } catch (UncheckedIOException e) {
      throw new LogBackendException(
          Reason.ACCESS_DENIED, SplunkBackend.TYPE + " login: " + e.getMessage(), e);
    } catch (AnswerTooLongException e) {
      throw new LogBackendException(
          Reason.MALFORMED, SplunkBackend.TYPE + " login: the answer is too long", e);
    }
  }

  private static Key key(StoreAnswer answer) throws IOException {
    if (!answer.isSuccess()) {
      throw SplunkClient.refusal(answer);
    }
    String found = "";
    try (JsonParser parser = Json.parser(answer.body())) {
      parser.nextToken();
      Json.expect(parser, JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean wanted = parser.currentName().equals("sessionKey");
        parser.nextToken();
        String value = Values.first(parser);
        found = wanted ? value : found;
      }
      Json.expectEnd(parser);
    }
    if (found.isEmpty()) {
      throw new IOException("no session key");
    }
    return new Key(found);
  }
}

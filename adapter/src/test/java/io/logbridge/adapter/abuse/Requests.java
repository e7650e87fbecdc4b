// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.abuse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.adapter.abuse.Target.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the stores of this package have in common. */
final class Requests {

  /** A name between the quotes of any language: nothing in it could end them. */
  static final String NAME = "([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Requests() {}

  /** The fields of a form or a query, of which none may be given twice. */
  static Map<String, String> fields(String encoded) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : encoded.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      String before =
          fields.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
      assertThat(before).as(parts[0] + " twice").isNull();
    }
    return fields;
  }

  /** Matches the whole text, whose groups are namespace, pod and container. */
  static Scope match(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.matches()).as(text).isTrue();
    return new Scope(matcher.group("namespace"), matcher.group("pod"), matcher.group("container"));
  }

  /** Sends rows to a store that is no part of the attack. */
  static void send(URI uri, String body, String... headers) {
    HttpRequest request =
        HttpRequest.newBuilder(uri).headers(headers).POST(BodyPublishers.ofString(body)).build();
    try {
      HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

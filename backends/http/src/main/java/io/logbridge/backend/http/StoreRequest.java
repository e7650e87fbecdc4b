// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One request to a store. Immutable: every method returns another request.
 *
 * @param name what it is for, in words for a message: {@code query_range}
 * @param path below the store's address, encoded, with a slash at its beginning
 * @param parameters of the query, in order; a name may come several times
 * @param form the body, as an HTML form; empty for none
 * @param headers besides those that every request has
 * @param credentials in place of those of the connection; {@code null} for these
 */
public record StoreRequest(
    String name,
    String method,
    String path,
    List<Pair> parameters,
    List<Pair> form,
    List<Pair> headers,
    @Nullable Credentials credentials) {

  /** A name and its value, neither of them encoded. */
  public record Pair(String name, String value) {}

  public static StoreRequest get(String name, String path) {
    return of(name, "GET", path);
  }

  public static StoreRequest post(String name, String path) {
    return of(name, "POST", path);
  }

  public static StoreRequest delete(String name, String path) {
    return of(name, "DELETE", path);
  }

  private static StoreRequest of(String name, String method, String path) {
    return new StoreRequest(name, method, path, List.of(), List.of(), List.of(), null);
  }

  /** With one parameter more in the query of the URL. */
  public StoreRequest parameter(String parameter, String value) {
    return new StoreRequest(
        name, method, path, more(parameters, parameter, value), form, headers, credentials);
  }

  /** With one field more in the form that is the body. */
  public StoreRequest field(String field, String value) {
    return new StoreRequest(
        name, method, path, parameters, more(form, field, value), headers, credentials);
  }

  /** With one header more. */
  public StoreRequest header(String header, String value) {
    return new StoreRequest(
        name, method, path, parameters, form, more(headers, header, value), credentials);
  }

  /** From somebody else. */
  public StoreRequest as(Credentials other) {
    return new StoreRequest(name, method, path, parameters, form, headers, other);
  }

  /** All of it but the credentials, for people: a line for each part, nothing encoded. */
  public String describe() {
    StringBuilder text = new StringBuilder(method + " " + path + "\n");
    headers.forEach(header -> text.append(header.name + ": " + header.value + "\n"));
    parameters.forEach(pair -> text.append("  " + pair.name + " = " + pair.value + "\n"));
    form.forEach(pair -> text.append("  " + pair.name + " = " + pair.value + "\n"));
    return text.toString();
  }

  /** Path and query, encoded. */
  String target() {
    return parameters.isEmpty() ? path : path + "?" + encode(parameters);
  }

  static String encode(List<Pair> pairs) {
    return pairs.stream()
        .map(pair -> encode(pair.name) + "=" + encode(pair.value))
        .collect(Collectors.joining("&"));
  }

  /** A part of a path or query in which nothing is special any more. */
  public static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static List<Pair> more(List<Pair> pairs, String name, String value) {
    List<Pair> more = new ArrayList<>(pairs);
    more.add(new Pair(name, value));
    return List.copyOf(more);
  }
}

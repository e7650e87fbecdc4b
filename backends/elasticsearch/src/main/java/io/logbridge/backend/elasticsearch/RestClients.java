// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.elasticsearch.ElasticsearchSettings.Connection;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.http.HttpHost;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.config.ConnectionConfig;
import org.apache.http.impl.nio.client.HttpAsyncClientBuilder;
import org.apache.http.impl.nio.reactor.IOReactorConfig;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.client.RestClientBuilder;

/** Makes the low-level client: nodes, timeouts, TLS. Does no I/O. */
final class RestClients {

  /** Shorter than the minute after which many proxies drop a quiet connection. */
  private static final long IDLE_SECONDS = 50;

  /** Our own timer ends a request and tells why; the client's must not come first. */
  private static final Duration SOCKET_SLACK = Duration.ofSeconds(10);

  /** A page is megabytes: with the 8 KiB that are usual it takes hundreds of system calls. */
  private static final int CONNECTION_BUFFER = 64 * 1024;

  private RestClients() {}

  static RestClient create(ElasticsearchSettings settings) {
    Connection connection = settings.connection();
    HttpHost[] hosts = settings.urls().stream().map(RestClients::host).toArray(HttpHost[]::new);
    RestClientBuilder builder =
        RestClient.builder(hosts)
            .setCompressionEnabled(connection.compression())
            .setRequestConfigCallback(config -> timeouts(config, connection))
            .setHttpClientConfigCallback(http -> http(http, connection));
    if (!settings.pathPrefix().isEmpty()) {
      builder.setPathPrefix(settings.pathPrefix());
    }
    return builder.build();
  }

  private static HttpHost host(URI url) {
    boolean https = "https".equals(url.getScheme());
    int port = url.getPort() >= 0 ? url.getPort() : https ? 443 : 80;
    return new HttpHost(url.getHost(), port, url.getScheme());
  }

  private static RequestConfig.Builder timeouts(
      RequestConfig.Builder config, Connection connection) {
    long socket = connection.requestTimeout().plus(SOCKET_SLACK).toMillis();
    return config
        .setConnectTimeout((int) connection.connectTimeout().toMillis())
        .setSocketTimeout((int) socket)
        .setConnectionRequestTimeout((int) socket);
  }

  private static HttpAsyncClientBuilder http(HttpAsyncClientBuilder http, Connection connection) {
    // The low-level client logs every warning header of every answer: deprecations that only
    // Elasticsearch itself could act on.
    HttpResponseInterceptor noWarnings = (response, _) -> response.removeHeaders("Warning");
    if (connection.tls() != null) {
      http.setSSLContext(connection.tls());
    }
    return http.addInterceptorLast(noWarnings)
        // Credentials go in a header of ours. The cache would read serialized objects for each
        // request, which Helidon's filter refuses for the whole JVM, with a stack trace each time.
        .disableAuthCaching()
        .setMaxConnTotal(connection.connections())
        .setMaxConnPerRoute(connection.connections())
        .setKeepAliveStrategy((_, _) -> TimeUnit.SECONDS.toMillis(IDLE_SECONDS))
        .setDefaultConnectionConfig(
            ConnectionConfig.custom().setBufferSize(CONNECTION_BUFFER).build())
        .setDefaultIOReactorConfig(IOReactorConfig.custom().setSoKeepAlive(true).build());
  }
}

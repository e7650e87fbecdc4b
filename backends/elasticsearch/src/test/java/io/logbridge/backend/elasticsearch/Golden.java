// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorResponse;
import co.elastic.clients.json.SimpleJsonpMapper;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;

/** Recorded answers of real servers. */
final class Golden {

  private Golden() {}

  /** The body of an answer. */
  static InputStream body(String file) throws IOException {
    return new ByteArrayInputStream(response(file).getBytes(StandardCharsets.UTF_8));
  }

  /** An answer that is an error, as the client throws it. */
  static ElasticsearchException error(String file) throws IOException {
    var mapper = SimpleJsonpMapper.INSTANCE;
    try (var parser = mapper.jsonProvider().createParser(new StringReader(response(file)))) {
      return new ElasticsearchException(
          "test", ErrorResponse._DESERIALIZER.deserialize(parser, mapper));
    }
  }

  private static String response(String file) throws IOException {
    try (InputStream in = Golden.class.getResourceAsStream("golden/" + file + ".json");
        var reader = SimpleJsonpMapper.INSTANCE.jsonProvider().createReader(in)) {
      JsonObject exchange = reader.readObject();
      return exchange.getJsonObject("response").toString();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.json;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes JSON that is not ours: whatever the API takes it can read again, so that no
 * record that somebody stored ends a list. Jackson's own limits are those of a server that chooses
 * what it reads.
 *
 * <p>Numbers stay as they are written. Neither reading nor writing needs stack for the depth of a
 * document.
 */
public final class ClientJson {

  /** Objects and arrays in one another that the API takes. Go's limit. */
  public static final int MAX_DEPTH = 10_000;

  /** Reads what has not been checked yet. */
  public static final JsonFactory UNCHECKED = factory(MAX_DEPTH);

  /** What has been stored may be deeper: PostgreSQL's limit is that of its stack. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder(factory(Integer.MAX_VALUE))
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private ClientJson() {}

  private static JsonFactory factory(int maxDepth) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(maxDepth)
                .maxNumberLength(Integer.MAX_VALUE)
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .build())
        .streamWriteConstraints(
            StreamWriteConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).build())
        .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
        .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
        .build();
  }

  /**
   * Reads a document that has been checked or stored.
   *
   * @throws JacksonException if it is not JSON
   */
  public static JsonNode read(String json) {
    return MAPPER.readTree(json);
  }

  /**
   * Reads a document in UTF-8 that has been checked or stored.
   *
   * @throws JacksonException if it is not JSON
   */
  public static JsonNode read(InputStream json) {
    return MAPPER.readTree(json);
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /** A document as text. */
  public static String text(JsonNode document) {
    return new String(bytes(document), StandardCharsets.UTF_8);
  }

  /** A document in UTF-8. */
  public static byte[] bytes(JsonNode document) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = generator(bytes)) {
      write(document, out);
    }
    return bytes.toByteArray();
  }

  /** Writes UTF-8, and leaves {@code out} open. */
  public static JsonGenerator generator(OutputStream out) {
    return MAPPER.createGenerator(out);
  }

  /**
   * Writes a document as the next value. A node's own way to do that calls itself for each level.
   */
  public static void write(JsonNode document, JsonGenerator out) {
    try (JsonParser tokens = MAPPER.treeAsTokens(document)) {
      tokens.nextToken();
      out.copyCurrentStructure(tokens);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;

class ClientJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "\"ü\\u0000\"",
        "{\"a\":[1,true,null,{\"b\":\"\"}],\"\":{}}",
        "[1.50,1E+400,-1,12345678901234567890,0.10000000000000000000001]",
      })
  void aDocument_isWrittenAsItWasRead(String json) {
    assertThat(ClientJson.text(ClientJson.read(json))).isEqualTo(json);
  }

  /** On the thread of a call, whose stack is shorter than that of a test may be. */
  @Test
  void aDocumentOfAnyDepth_isReadAndWritten() throws Exception {
    int depth = 10 * ClientJson.MAX_DEPTH;
    String arrays = "[".repeat(depth) + "]".repeat(depth);
    String objects = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    String[] written = new String[3];
    Thread serving =
        Thread.ofVirtual()
            .start(() -> {
              written[0] = ClientJson.text(ClientJson.read(arrays));
              written[1] = ClientJson.text(ClientJson.read(objects));
              written[2] = ClientJson.text(ClientJson.array().add(ClientJson.read(arrays)));
            });
    serving.join();

    assertThat(written).containsExactly(arrays, objects, "[" + arrays + "]");
  }

  @ParameterizedTest
  @ValueSource(ints = {1_001, 131_072})
  void aLongNumber_isWrittenAsItWasRead(int digits) {
    String whole = "9".repeat(digits);

    assertThat(ClientJson.text(ClientJson.read(whole))).isEqualTo(whole);
    assertThat(ClientJson.text(ClientJson.read("0." + whole))).isEqualTo("0." + whole);
  }

  @Test
  void aLongName_isReadAndWritten() {
    String json = "{\"" + "n".repeat(60_000) + "\":1}";

    assertThat(ClientJson.text(ClientJson.read(json))).isEqualTo(json);
  }

  @Test
  void whatIsWrittenIntoAnotherDocument_leavesTheRestToIt() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = ClientJson.generator(bytes)) {
      out.writeStartObject();
      out.writeName("items");
      out.writeStartArray();
      ClientJson.write(ClientJson.object().put("a", 1), out);
      ClientJson.write(ClientJson.read("2"), out);
      out.writeEndArray();
      out.writeEndObject();
    }

    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("{\"items\":[{\"a\":1},2]}");
  }
}

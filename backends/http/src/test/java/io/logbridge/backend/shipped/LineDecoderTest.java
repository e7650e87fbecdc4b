// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.LogStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineDecoderTest {

  private static final long NANOS = 1_795_161_600_123_456_789L;

  @Test
  void fluentdJson_isDecoded() {
    ShippedLine line =
        decode(
            LineForm.JSON,
            FieldPreset.FLUENTD,
            """
            {"log":"a \\"b\\"\\n","stream":"stderr","logtag":"P",\
            "kubernetes":{"pod_name":"pod"}}\
            """);

    assertThat(line)
        .isEqualTo(
            new ShippedLine("a \"b\"", LogStream.STDERR, TimeText.UNREADABLE, true, null, true));
  }

  @Test
  void fluentBitJson_keepsItsTime() {
    ShippedLine line =
        decode(
            LineForm.JSON,
            FieldPreset.FLUENT_BIT,
            """
            {"time":"2026-11-20T08:00:00.123456789Z","stream":"stdout","_p":"F","log":"text"}\
            """);

    assertThat(line).isEqualTo(new ShippedLine("text", LogStream.STDOUT, NANOS, false, null, true));
  }

  @Test
  void viaqJson_keepsItsSequence() {
    ShippedLine line =
        decode(
            LineForm.JSON,
            FieldPreset.VIAQ,
            """
            {"@timestamp":"2026-11-20T08:00:00.123456789Z","message":"text",\
            "kubernetes":{"container_iostream":"stdout"},"openshift":{"sequence":42}}\
            """);

    assertThat(line)
        .isEqualTo(
            new ShippedLine("text", LogStream.STDOUT, NANOS, false, new TieKey("", 42), true));
  }

  @Test
  void dockerJson_goesOnWithoutNewline() {
    Map<FieldRole, List<String>> fields = FieldPreset.FLUENTD.fields();
    LineDecoder decoder = new LineDecoder(LineForm.JSON, fields, true);

    assertThat(decoder.decode("{\"log\":\"a\",\"stream\":\"stdout\"}").partial()).isTrue();
    ShippedLine last = decoder.decode("{\"log\":\"b\\n\",\"stream\":\"stdout\"}");
    assertThat(last.partial()).isFalse();
    assertThat(last.text()).isEqualTo("b");
  }

  @Test
  void keyValuePairs_areDecoded() {
    ShippedLine line =
        decode(
            LineForm.KEY_VALUE,
            FieldPreset.FLUENTD,
            "stream=stdout logtag=F log=\"say \\\"a=b\\\" \\\\n\" kubernetes=\"{\\\"x\\\"=>1}\"");

    assertThat(line)
        .isEqualTo(
            new ShippedLine(
                "say \"a=b\" \\n", LogStream.STDOUT, TimeText.UNREADABLE, false, null, true));
  }

  @Test
  void emptyValue_isAnEmptyLine() {
    ShippedLine line = decode(LineForm.KEY_VALUE, FieldPreset.FLUENTD, "log= stream=stderr");

    assertThat(line.text()).isEmpty();
    assertThat(line.stream()).isEqualTo(LogStream.STDERR);
    assertThat(line.decoded()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain text",
        "{\"log\":\"cut",
        "{\"log\":\"x\"} more",
        "{\"other\":\"x\",\"stream\":\"stdout\"}",
        "[1]",
        "{}",
        "log",
        "=",
        "=x",
        "log=\"cut",
        "log=\"x\"y stream=stdout",
        "a log=x",
        "other=x stream=stdout",
      })
  void textOfNoKnownForm_isGivenAsStored(String stored) {
    for (LineForm form : List.of(LineForm.JSON, LineForm.KEY_VALUE, LineForm.AUTO)) {
      assertThat(decode(form, FieldPreset.FLUENTD, stored))
          .as("%s", form)
          .isEqualTo(ShippedLine.of(stored, false));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"log\":\"x\",\"level\":\"info\"}",
        "log=x level=info",
        "text",
        "{\"message\":\"x\",\"time\":\"2026-11-20T08:00:00Z\"}",
      })
  void linesOfPrograms_areNotTakenForAShippers(String stored) {
    assertThat(decode(LineForm.AUTO, FieldPreset.FLUENT_BIT, stored).text()).isEqualTo(stored);
  }

  @Test
  void formOfEachText_isFoundOut() {
    LineDecoder decoder = new LineDecoder(LineForm.AUTO, FieldPreset.FLUENTD.fields(), false);

    assertThat(decoder.decode("{\"log\":\"a\",\"stream\":\"stdout\"}").text()).isEqualTo("a");
    assertThat(decoder.decode("log=b stream=stdout").text()).isEqualTo("b");
    assertThat(decoder.decode("log=c").text()).isEqualTo("log=c");
    assertThat(decoder.decode("d\n").text()).isEqualTo("d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{`log`:`x`,`kubernetes`:{`pod_name`:`pod`,`container_name`:`step-a`}} | ITS",
        "{`level`:1,`kubernetes`:{`pod_name`:`pod`,`container_name`:`step-a`}} | ITS",
        "{`log`:`x`,`kubernetes.pod_name`:`pod`,`kubernetes`:{`container_name`:`step-a`}} | ITS",
        "{`log`:`x`,`kubernetes`:{`pod_name`:`pod`,`container_name`:`step-ab`}} | ANOTHERS",
        "{`log`:`pod step-a`,`kubernetes`:{`pod_name`:`p`,`container_name`:`step-a`}} | ANOTHERS",
        "{`log`:`x`,`kubernetes`:{`pod_name`:`pod`,`container_name`:`step-a`},"
            + "`kubernetes.pod_name`:`p`} | ANOTHERS",
        "{`log`:`x`,`kubernetes`:{`pod_name`:`pod`,`container_name`:`step-a`,`pod_id`:`2`}} |"
            + " ANOTHERS",
        "{`log`:`x`,`kubernetes`:{`pod_name`:`pod`}} | ANYBODYS",
        "{`log`:`x`,`kubernetes`:{`pod_name`:`pod`,`container_name`:[`step-a`]}} | ANYBODYS",
        "{`log`:`x`,`kubernetes`:{`pod_name`:`pod`,`container_name`:null}} | ANYBODYS",
        "{`log`:`x`,`kubernetes`:{`pod_name`:`pod`,`container_name`:`step-a`} | ANYBODYS",
        "pod step-a | ANYBODYS",
        "'' | ANYBODYS",
      })
  void textThatHasToSayWhoseItIs_isNobodysElse(String text, Whose whose) {
    Map<FieldRole, String> container =
        Map.of(FieldRole.POD, "pod", FieldRole.CONTAINER, "step-a", FieldRole.POD_UID, "1");
    for (LineForm form : List.of(LineForm.JSON, LineForm.AUTO)) {
      LineDecoder decoder = new LineDecoder(form, FieldPreset.FLUENTD.fields(), false, container);
      decoder.decode(text.replace('`', '"'));

      assertThat(decoder.isOfContainer()).as("%s", form).isEqualTo(whose == Whose.ITS);
      assertThat(decoder.isAnybodys()).as("%s", form).isEqualTo(whose == Whose.ANYBODYS);
    }
  }

  private enum Whose {
    ITS,
    ANOTHERS,
    ANYBODYS
  }

  @Test
  void pairsThatHaveToSayWhoseTheyAre_areNobodysElse() {
    Map<FieldRole, List<String>> fields = new EnumMap<>(FieldPreset.FLUENTD.fields());
    fields.put(FieldRole.POD, List.of("pod"));
    LineDecoder decoder =
        new LineDecoder(LineForm.KEY_VALUE, fields, false, Map.of(FieldRole.POD, "a b"));

    assertThat(decoder.decode("log=x pod=\"a b\"").text()).isEqualTo("x");
    assertThat(decoder.isOfContainer()).isTrue();
    decoder.decode("log=\"pod=\\\"a b\\\"\" pod=a");
    assertThat(decoder.isOfContainer()).isFalse();
    assertThat(decoder.isAnybodys()).isFalse();
    decoder.decode("log=x");
    assertThat(decoder.isOfContainer()).isFalse();
    assertThat(decoder.isAnybodys()).isTrue();
  }

  @Test
  void rawText_isTheLine() {
    ShippedLine line = decode(LineForm.RAW, FieldPreset.FLUENTD, "{\"log\":\"x\"}\n");

    assertThat(line.text()).isEqualTo("{\"log\":\"x\"}");
    assertThat(line.decoded()).isTrue();
  }

  /** Written as the plugin writes them. */
  @Property
  void anyValue_comesBackFromPairs(@ForAll @Size(min = 1, max = 4) List<String> values) {
    List<String> read = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (String value : values) {
      String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"");
      boolean quoted = escaped.contains(" ") || escaped.contains("=");
      text.append(text.isEmpty() ? "" : " ").append("key=");
      text.append(quoted ? "\"" + escaped + "\"" : escaped);
    }

    assertThat(KeyValueText.read(text.toString(), (_, value) -> read.add(value))).isTrue();
    assertThat(read).isEqualTo(values);
  }

  private static ShippedLine decode(LineForm form, FieldPreset preset, String stored) {
    return new LineDecoder(form, preset.fields(), false).decode(stored);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of times that filters take, in themselves and in data. */
class FilterTimesTest {

  private static final FilterCompiler RECORDS = FilterCompiler.records();

  private static FilterTables tables;

  @BeforeAll
  static void open() {
    tables = FilterTables.empty();
  }

  @AfterAll
  static void close() {
    tables.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-05-01T10:00:00Z",
        "2024/05/01 10:00:00Z",
        "2024-05-01 10:00:00+00",
        "2024-05-01 12:00:00+02",
        "2024-05-01 10:00:00 UTC",
        "2024-05-01 10:00:00UTC",
        "2024-05-01T10:00:00 GMT",
        "2024-05-01 10:00:00 Z",
        "2024-05-01t10:00:00z",
        "2024-05-01 10:00:00.000000+00",
        "2024-05-01 10:00+00",
        "2024-05-01 04:30:00 -0530",
        "2024-05-01 04:30:00-05:30",
        "2024-05-01 10:53:28+00:53:28",
        "2024-05-02 01:59:00+15:59",
        "2024-05-01 10:00:00",
      })
  void aTime_isTheSameInAFilterAndInData(String time) {
    tables.execute("DELETE FROM records");
    tables.record("ns", "row", "{\"v\":\"" + time + "\"}");

    assertThat(names("timestamp(\"" + time + "\") == timestamp('2024-05-01T10:00:00Z')"))
        .isEqualTo("row");
    assertThat(names("data.v == timestamp('2024-05-01T10:00:00Z')")).isEqualTo("row");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Oct 30 2022",
        "30.10.2022",
        "2022-10-30T21:45:00 Europe/Berlin",
        "2022-10-30T21:45:00 PST",
        "2022-10-30T21:45:00+2",
        "2022-10-30T21:45:00+16",
        "2022-10-30+02",
        "20221030T214500Z",
        "10000-01-01T00:00:00Z",
        "2022-10-30 21:45:00 BC",
      })
  void anotherForm_isRefusedInAFilter_andNoTimeInData(String time) {
    tables.execute("DELETE FROM records");
    tables.record("ns", "row", "{\"v\":\"" + time + "\"}");

    assertThatThrownBy(() -> RECORDS.compile("data.v > timestamp(\"" + time + "\")"))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID_ARGUMENT))
        .hasMessageContaining(time);
    assertThat(names("data.v > timestamp('0001-01-01T00:00:00Z')")).isEmpty();
  }

  @Test
  void whatPostgresqlPrints_isTaken() {
    tables.execute("DELETE FROM records");
    tables.record("ns", "row", "{}");
    tables.execute("SET timezone = 'Asia/Kolkata'");
    tables.execute(
        "UPDATE records SET created_time = '2024-05-01 10:00:00.25+00',"
            + " data = jsonb_build_object('v', '2024-05-01 10:00:00.25+00'::timestamptz::text)");

    assertThat(names("data.v == timestamp('2024-05-01T10:00:00.25Z')")).isEqualTo("row");
    assertThat(names("data.v == timestamp('2024-05-01 15:30:00.25+05:30')")).isEqualTo("row");
    tables.execute("SET timezone = 'UTC'");
  }

  private static String names(String filter) {
    return String.join(" ", tables.names("records", RECORDS.compile(filter)));
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.filter.FilterCompiler;
import io.logbridge.adapter.record.Keyset;
import io.logbridge.adapter.record.Keyset.Order;
import io.logbridge.adapter.record.Keyset.Position;
import io.logbridge.adapter.record.PageLimit;
import io.logbridge.adapter.record.Rows;
import io.logbridge.adapter.record.SortKey;
import io.logbridge.proto.v1alpha2.ListResultsRequest;
import io.logbridge.proto.v1alpha2.PageTokenContent;
import io.logbridge.proto.v1alpha2.PageTokenContent.LastItem;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens in this test are those that Tekton Results has made. */
class ListingTest {

  private static final FilterCompiler FILTERS = FilterCompiler.results();

  private static final String BY_CREATE_TIME =
      "CgZ0ZWFtLWEaRQokZTFjNTA5YTktNWJjYi00ZGNiLWE3OTItNjk0NDkyZjNiNzU4Eh0KC2NyZWF0ZV90aW1lEgwI_I2L2AYQ-LPmwAEYAQ";
  private static final String BY_UID =
      "CgZ0ZWFtLWEaJgokYmEwYTg3ZDQtNDY2Zi00NWYxLTk5Y2YtNDI5MzJhYjIzYWE5";
  private static final String WITHOUT_END_TIME =
      "CgZ0ZWFtLWEaOgokODdmNDY3ZjEtOGUwMC00M2JhLWJiMTItYTM2NWUyOTY5NDE1EhIKEHN1bW1hcnkuZW5kX3RpbWU";

  @Test
  void tokensOfTektonResults_areUnderstood() {
    assertThat(listing(BY_CREATE_TIME, "create_time desc").keyset())
        .isEqualTo(
            new Keyset(
                new Order(SortKey.CREATE_TIME, true),
                new Position(
                    "e1c509a9-5bcb-4dcb-a792-694492f3b758",
                    Instant.parse("2026-11-22T10:42:04.404331Z"))));
    assertThat(listing(BY_UID, "").keyset())
        .isEqualTo(new Keyset(null, new Position("ba0a87d4-466f-45f1-99cf-42932ab23aa9", null)));
    assertThat(listing(WITHOUT_END_TIME, "summary.end_time asc").keyset())
        .isEqualTo(
            new Keyset(
                new Order(SortKey.SUMMARY_END_TIME, false),
                new Position("87f467f1-8e00-43ba-bb12-a365e2969415", null)));
  }

  @ParameterizedTest
  @CsvSource({
    "create_time desc,e1c509a9-5bcb-4dcb-a792-694492f3b758,2026-11-22T10:42:04.404331Z,"
        + BY_CREATE_TIME,
    "'',ba0a87d4-466f-45f1-99cf-42932ab23aa9,," + BY_UID,
    "summary.end_time,87f467f1-8e00-43ba-bb12-a365e2969415,," + WITHOUT_END_TIME,
  })
  void tokens_areByteForByteThoseOfTektonResults(
      String orderBy, String lastUid, Instant lastValue, String token) {
    Listing listing =
        Listing.ofResults(
            ListResultsRequest.newBuilder()
                .setParent("team-a")
                .setOrderBy(orderBy)
                .setPageSize(5)
                .build(),
            FILTERS);
    Rows<String> read = new Rows<>(List.of("1", "2", "3", "4", lastUid), true);

    Page<String> page = listing.page(read, uid -> uid, (_, _) -> lastValue);

    assertThat(listing.limit(7)).isEqualTo(new PageLimit(5, 7));
    assertThat(page.rows()).containsExactly("1", "2", "3", "4", lastUid);
    assertThat(page.nextToken()).isEqualTo(token);
  }

  @Test
  void theLastPage_hasNoToken() {
    List<String> five = List.of("1", "2", "3", "4", "5");

    assertThat(listing("", "").page(new Rows<>(five, false), uid -> uid, (_, _) -> null))
        .isEqualTo(new Page<>(five, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not base64 !!|''|illegal base64 data at input byte 3",
        "CgZ0Z|''|illegal base64 data at input byte 4",
        "CgZ0ZWFtLWEa==|''|illegal base64 data at input byte 12",
        "____|''|proto: cannot parse invalid wire-format data",
        "CgZ0ZWFtLWEaAA|''|invalid page token: last_item.uid: missing required field",
        "CgZ0ZWFtLWE|''|invalid page token: last_item: missing required field",
        BY_UID + "|create_time|invalid page token: last_item.order_by: missing required field",
        "CgVvdGhlcg|''|invalid page token: provided parent (team-a) differs from the parent used in"
            + " the previous query (other)",
      })
  void otherTokens_areRefused(String token, String orderBy, String message) {
    assertThatThrownBy(() -> listing(token, orderBy))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID_ARGUMENT))
        .hasMessage(message);
  }

  @Test
  void tokenOfAnotherOrder_isRefused() {
    assertThatThrownBy(() -> listing(BY_CREATE_TIME, "update_time desc"))
        .hasMessage(
            """
            invalid page token: the provided order by clause differs from the value passed in the \
            previous query
            expected: create_time DESC
            got: update_time DESC\
            """);
    assertThatThrownBy(() -> listing(BY_CREATE_TIME, ""))
        .hasMessageEndingWith("expected: create_time DESC\ngot: ");
  }

  @Test
  void tokenOfAnotherFilter_isRefusedBeforeThePageSize() {
    assertThatThrownBy(() ->
            Listing.ofResults(
                ListResultsRequest.newBuilder()
                    .setParent("team-a")
                    .setPageToken(BY_UID)
                    .setFilter("parent == \"team-a\"")
                    .setPageSize(-1)
                    .build(),
                FILTERS))
        .hasMessage(
            """
            invalid page token: the provided filter differs from the filter used in the previous \
            query
            expected:\s
            got: parent == "team-a\"\
            """);
  }

  @Test
  void tokenWithAnImpossibleTime_isRefused() {
    String token =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                PageTokenContent.newBuilder()
                    .setParent("team-a")
                    .setLastItem(
                        LastItem.newBuilder()
                            .setUid("u")
                            .setOrderBy(
                                LastItem.OrderBy.newBuilder()
                                    .setFieldName("create_time")
                                    .setValue(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))))
                    .build()
                    .toByteArray());

    assertThatThrownBy(() -> listing(token, "create_time"))
        .hasMessage("invalid page token: last_item.order_by.value: not a time");
  }

  @ParameterizedTest
  @CsvSource({
    "create_time,CREATE_TIME,false",
    "create_time asc,CREATE_TIME,false",
    "'  summary.start_time \t desc  ',SUMMARY_START_TIME,true",
  })
  void order_isOneFieldAndADirection(String clause, SortKey key, boolean descending) {
    assertThat(listing("", clause).keyset())
        .isEqualTo(new Keyset(new Order(key, descending), null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"create_time Desc", "create_time, update_time", "create_time desc asc"})
  void otherClauses_areRefused(String clause) {
    assertThatThrownBy(() -> listing("", clause))
        .hasMessage(
            "invalid order by statement:\n"
                + "the value must obey the format"
                + " <create_time|summary.end_time|summary.start_time|update_time> [asc|desc]");
  }

  @Test
  void otherFields_areRefused() {
    assertThatThrownBy(() -> listing("", "created_time"))
        .hasMessage(
            "created_time: field is unknown or cannot be used in the order by clause\n"
                + "the value must obey the format"
                + " <create_time|summary.end_time|summary.start_time|update_time> [asc|desc]");
  }

  @ParameterizedTest
  @CsvSource({"0,50", "5,5", "10000,10000"})
  void pageSize_isFiftyUnlessGiven(int size, int rows) {
    assertThat(ofSize(size).limit(1).rows()).isEqualTo(rows);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, 4, 10_001, Integer.MAX_VALUE})
  void otherPageSizes_areRefused(int size) {
    assertThatThrownBy(() -> ofSize(size))
        .hasMessage(
            "invalid page size (" + size + "): value must be greater than 5 and less than 10000");
  }

  private static Listing ofSize(int size) {
    return Listing.ofResults(
        ListResultsRequest.newBuilder().setParent("team-a").setPageSize(size).build(), FILTERS);
  }

  private static Listing listing(String token, String orderBy) {
    return Listing.ofResults(
        ListResultsRequest.newBuilder()
            .setParent("team-a")
            .setPageToken(token)
            .setOrderBy(orderBy)
            .build(),
        FILTERS);
  }
}

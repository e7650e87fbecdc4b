// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.record.Keyset.Order;
import io.logbridge.adapter.record.Keyset.Position;
import io.logbridge.proto.v1alpha2.PageTokenContent;
import io.logbridge.proto.v1alpha2.PageTokenContent.LastItem;
import io.logbridge.proto.v1alpha2.PageTokenContent.LastItem.OrderBy.Direction;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a list goes on. The same bytes as Tekton Results writes, so that a client that has begun
 * with one server can go on with the other.
 *
 * @param content {@code null} for the first page
 */
record PageToken(@Nullable PageTokenContent content) {

  private static final Pattern NOT_BASE64 = Pattern.compile("[^A-Za-z0-9_-]");
  private static final PageToken FIRST = new PageToken(null);

  /**
   * Reads a token.
   *
   * @param text empty for the first page
   * @throws RequestException if it is none
   */
  static PageToken parse(String text) {
    String token = text.strip();
    if (token.isEmpty()) {
      return FIRST;
    }
    try {
      return new PageToken(PageTokenContent.parseFrom(decoded(token)));
    } catch (InvalidProtocolBufferException e) {
      throw Refusals.invalid("proto: cannot parse invalid wire-format data");
    }
  }

  static PageToken of(String parent, String filter, @Nullable Order order, Position last) {
    LastItem.Builder item = LastItem.newBuilder().setUid(last.uid());
    if (order != null) {
      LastItem.OrderBy.Builder by =
          LastItem.OrderBy.newBuilder()
              .setFieldName(order.key().field())
              .setDirection(order.descending() ? Direction.DESC : Direction.ASC);
      if (last.value() != null) {
        by.setValue(Timestamps.unchecked(last.value()));
      }
      item.setOrderBy(by);
    }
    return new PageToken(
        PageTokenContent.newBuilder()
            .setParent(parent)
            .setFilter(filter)
            .setLastItem(item)
            .build());
  }

  String encoded() {
    return content == null
        ? ""
        : Base64.getUrlEncoder().withoutPadding().encodeToString(content.toByteArray());
  }

  void unlessParent(String parent) {
    if (content != null && !content.getParent().equals(parent)) {
      throw invalid(
          "provided parent (%s) differs from the parent used in the previous query (%s)"
              .formatted(parent, content.getParent()));
    }
  }

  void unlessPosition() {
    if (content == null) {
      return;
    }
    if (!content.hasLastItem()) {
      throw invalid("last_item: missing required field");
    }
    if (content.getLastItem().getUid().isEmpty()) {
      throw invalid("last_item.uid: missing required field");
    }
  }

  void unlessFilter(String filter) {
    if (content != null && !content.getFilter().equals(filter)) {
      throw invalid(
          "the provided filter differs from the filter used in the previous query\n"
              + "expected: "
              + content.getFilter()
              + "\ngot: "
              + filter);
    }
  }

  /**
   * The last row of the page before; {@code null} for the first page.
   *
   * @throws RequestException if the token was made in another order
   */
  @Nullable Position position(@Nullable Order order) {
    if (content == null) {
      return null;
    }
    LastItem item = content.getLastItem();
    if (order == null && !item.hasOrderBy()) {
      return new Position(item.getUid(), null);
    }
    if (!item.hasOrderBy()) {
      throw invalid("last_item.order_by: missing required field");
    }
    LastItem.OrderBy by = item.getOrderBy();
    String expected = OrderBy.text(by.getFieldName(), by.getDirection() == Direction.DESC);
    String got = order == null ? "" : OrderBy.text(order.key().field(), order.descending());
    if (!expected.equals(got)) {
      throw invalid(
          "the provided order by clause differs from the value passed in the previous query\n"
              + "expected: "
              + expected
              + "\ngot: "
              + got);
    }
    return new Position(item.getUid(), by.hasValue() ? time(by) : null);
  }

  private static Instant time(LastItem.OrderBy by) {
    try {
      return Instant.ofEpochSecond(by.getValue().getSeconds(), by.getValue().getNanos());
    } catch (DateTimeException | ArithmeticException e) {
      throw invalid("last_item.order_by.value: not a time");
    }
  }

  /** Base64 for URLs, without padding; Go's decoder ignores ends of lines, and so do we. */
  private static ByteString decoded(String text) {
    String characters = text.replace("\r", "").replace("\n", "");
    Matcher other = NOT_BASE64.matcher(characters);
    if (other.find()) {
      throw illegal(other.start());
    }
    if (characters.length() % 4 == 1) {
      throw illegal(characters.length() - 1);
    }
    return ByteString.copyFrom(Base64.getUrlDecoder().decode(characters));
  }

  private static RequestException illegal(int index) {
    return Refusals.invalid("illegal base64 data at input byte " + index);
  }

  private static RequestException invalid(String why) {
    return Refusals.invalid("invalid page token: " + why);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import io.logbridge.adapter.filter.FilterCompiler;
import io.logbridge.adapter.filter.SqlCondition;
import io.logbridge.adapter.record.Keyset;
import io.logbridge.adapter.record.Keyset.Order;
import io.logbridge.adapter.record.Keyset.Position;
import io.logbridge.adapter.record.PageLimit;
import io.logbridge.adapter.record.Rows;
import io.logbridge.adapter.record.SortKey;
import io.logbridge.proto.v1alpha2.ListRecordsRequest;
import io.logbridge.proto.v1alpha2.ListResultsRequest;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a list request asks for, once it is known to be right. */
final class Listing {

  private static final int DEFAULT_SIZE = 50;
  private static final int MIN_SIZE = 5;
  private static final int MAX_SIZE = 10_000;

  private final String parent;
  private final String filter;
  private final SqlCondition condition;
  private final @Nullable Order order;
  private final @Nullable Position after;
  private final int size;

  /**
   * Checks a request. What is wrong is found in the order in which Tekton Results finds it.
   *
   * @param filters turns the filter into a condition
   * @param orders reads the order from its clause
   * @param sizes turns the requested size of a page into the real one
   */
  private Listing(
      String parent,
      PageToken token,
      String filter,
      String orderBy,
      Function<String, @Nullable Order> orders,
      int pageSize,
      IntUnaryOperator sizes,
      Function<String, SqlCondition> filters) {
    this.parent = parent.strip();
    this.filter = filter.strip();
    token.unlessParent(this.parent);
    this.order = orders.apply(orderBy.strip());
    token.unlessPosition();
    token.unlessFilter(this.filter);
    this.condition = filters.apply(this.filter);
    this.after = token.position(order);
    this.size = sizes.applyAsInt(pageSize);
  }

  static Listing ofResults(ListResultsRequest request, FilterCompiler filters) {
    return new Listing(
        request.getParent(),
        PageToken.parse(request.getPageToken()),
        request.getFilter(),
        request.getOrderBy(),
        clause -> OrderBy.parse(clause, SortKey.ofResults()),
        request.getPageSize(),
        Listing::size,
        filters::compile);
  }

  static Listing ofRecords(ListRecordsRequest request, FilterCompiler filters) {
    return new Listing(
        request.getParent(),
        PageToken.parse(request.getPageToken()),
        request.getFilter(),
        request.getOrderBy(),
        clause -> OrderBy.parse(clause, SortKey.ofRecords()),
        request.getPageSize(),
        Listing::size,
        filters::compile);
  }

  /** The list of logs is older than the others and has an order and sizes of its own. */
  static Listing ofLogs(ListRecordsRequest request, FilterCompiler filters) {
    return new Listing(
        request.getParent(),
        Refusals.prefixed("invalid PageToken: ", () -> PageToken.parse(request.getPageToken())),
        request.getFilter(),
        request.getOrderBy(),
        LogOrder::parse,
        request.getPageSize(),
        Listing::sizeOfLogs,
        filters::compile);
  }

  private static int size(int requested) {
    if (requested == 0) {
      return DEFAULT_SIZE;
    }
    if (requested < MIN_SIZE || requested > MAX_SIZE) {
      throw Refusals.invalid(
          "invalid page size ("
              + requested
              + "): value must be greater than 5 and less than 10000");
    }
    return requested;
  }

  private static int sizeOfLogs(int requested) {
    if (requested < 0) {
      throw Refusals.invalid("PageSize should be greater than 0");
    }
    return requested == 0 ? DEFAULT_SIZE : Math.min(requested, MAX_SIZE);
  }

  SqlCondition condition() {
    return condition;
  }

  Keyset keyset() {
    return new Keyset(order, after);
  }

  /**
   * Where its page ends.
   *
   * @param bytes of documents, {@code server.limits.listSize}
   */
  PageLimit limit(long bytes) {
    return new PageLimit(size, bytes);
  }

  /** Gives a sort key's value of a row; {@code null} if it has none. */
  @FunctionalInterface
  interface SortValue<R> {
    @Nullable Instant of(R row, SortKey key);
  }

  /** Makes a page of the rows that have been read. */
  <R> Page<R> page(Rows<R> read, Function<R, String> uid, SortValue<R> value) {
    if (!read.more()) {
      return new Page<>(read.rows(), "");
    }
    R last = read.rows().getLast();
    Instant at = order == null ? null : value.of(last, order.key());
    Position position = new Position(uid.apply(last), at);
    return new Page<>(read.rows(), PageToken.of(parent, filter, order, position).encoded());
  }
}

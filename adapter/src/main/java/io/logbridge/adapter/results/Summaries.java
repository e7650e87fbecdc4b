// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.logbridge.adapter.record.Aggregate;
import io.logbridge.adapter.record.Grouping;
import io.logbridge.adapter.record.SummaryStore;
import io.logbridge.adapter.record.SummaryStore.Order;
import io.logbridge.proto.v1alpha2.RecordListSummary;
import io.logbridge.proto.v1alpha2.RecordListSummaryRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Summaries of records: what a request asks for, and the answer as a message. */
final class Summaries {

  private Summaries() {}

  static SummaryStore.Query query(RecordListSummaryRequest request) {
    List<Aggregate> aggregates =
        Arrays.stream(request.getSummary().split(",", -1))
            .distinct()
            .map(Summaries::aggregate)
            .toList();
    if (request.getGroupBy().isEmpty()) {
      return new SummaryStore.Query(aggregates, null, null); // an order of one is none
    }
    Grouping grouping =
        Grouping.named(request.getGroupBy())
            .orElseThrow(
                () -> Refusals.invalid("group_by does not recognize " + request.getGroupBy()));
    return new SummaryStore.Query(aggregates, grouping, order(request.getOrderBy(), aggregates));
  }

  private static Aggregate aggregate(String name) {
    return Aggregate.named(name)
        .orElseThrow(() -> Refusals.invalid("invalid aggregate query: " + name));
  }

  private static @Nullable Order order(String orderBy, List<Aggregate> aggregates) {
    if (orderBy.isEmpty()) {
      return null;
    }
    String[] words = orderBy.split(" ", -1);
    if (words.length != 2 || !isDirection(words[1])) {
      throw Refusals.invalid("order_by does not recognize " + orderBy);
    }
    return Aggregate.named(words[0])
        .filter(aggregates::contains)
        .map(by -> new Order(by, words[1].equalsIgnoreCase("desc")))
        .orElseThrow(() ->
            Refusals.invalid("field name " + words[0] + " is not allowed, must be one of summary"));
  }

  private static boolean isDirection(String word) {
    return word.equalsIgnoreCase("asc") || word.equalsIgnoreCase("desc");
  }

  static RecordListSummary message(List<Map<String, @Nullable Object>> groups) {
    RecordListSummary.Builder summary = RecordListSummary.newBuilder();
    groups.forEach(group -> summary.addSummary(struct(group)));
    return summary.build();
  }

  private static Struct struct(Map<String, @Nullable Object> group) {
    Struct.Builder struct = Struct.newBuilder();
    group.forEach((field, value) -> struct.putFields(field, value(value)));
    return struct.build();
  }

  private static Value value(@Nullable Object value) {
    Value.Builder builder = Value.newBuilder();
    return switch (value) {
      case null -> builder.setNullValue(NullValue.NULL_VALUE).build();
      case Double number -> builder.setNumberValue(number).build();
      default -> builder.setStringValue(value.toString()).build();
    };
  }
}

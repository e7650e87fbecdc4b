// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parts of times and durations: {@code getHours} and its like. */
final class TimeFunctions {

  /**
   * From a time of a zone to the part, as CEL counts it: months and days from 0, the date from 1.
   */
  private static final Map<String, String> PARTS =
      Map.of(
          "getFullYear", "extract(year from %)::bigint",
          "getMonth", "(extract(month from %)::bigint - 1)",
          "getDate", "extract(day from %)::bigint",
          "getDayOfMonth", "(extract(day from %)::bigint - 1)",
          "getDayOfWeek", "extract(dow from %)::bigint",
          "getDayOfYear", "(extract(doy from %)::bigint - 1)",
          "getHours", "extract(hour from %)::bigint",
          "getMinutes", "extract(minute from %)::bigint",
          "getSeconds", "trunc(extract(second from %))::bigint",
          "getMilliseconds", "mod(trunc(extract(milliseconds from %))::bigint, 1000)");

  /** From the seconds of a duration to the whole of it in another unit. */
  private static final Map<String, String> WHOLES =
      Map.of(
          "getHours", "trunc(% / 3600)::bigint",
          "getMinutes", "trunc(% / 60)::bigint",
          "getSeconds", "trunc(%)::bigint",
          "getMilliseconds", "mod(trunc(% * 1000), 1000)::bigint");

  private static final Pattern OFFSET = Pattern.compile("[+-]?(0\\d|1[0-5]):[0-5]\\d");

  private final Names names;
  private final Casts casts;

  TimeFunctions(Names names) {
    this.names = names;
    this.casts = new Casts(names);
  }

  static boolean has(String function) {
    return PARTS.containsKey(function);
  }

  Value apply(String function, Value time, @Nullable Value zone) {
    if (time.kind() == Kind.DURATION) {
      String whole = WHOLES.get(function);
      if (whole == null) {
        throw FilterException.unsupported("`" + function + "` function of a duration");
      }
      return Value.of(Kind.INT, "(" + whole + ")", time.sql());
    }
    Sql local = Sql.format("(% AT TIME ZONE %)", casts.timestamp(time), zone(zone));
    return Value.of(Kind.INT, "(" + PARTS.get(function) + ")", local);
  }

  private static Sql zone(@Nullable Value zone) {
    if (zone == null) {
      return Sql.of("'UTC'");
    }
    if (!(zone.literal() instanceof String name)) {
      throw FilterException.unsupported("time zone that is not a literal");
    }
    if (OFFSET.matcher(name).matches()) {
      // As an interval it is east of Greenwich; as text PostgreSQL would take it for west.
      return Sql.parameter("interval", name);
    }
    if (!ZoneId.getAvailableZoneIds().contains(name)) {
      throw FilterException.invalid(
          "time zone", name, "a name such as Europe/Berlin, or an offset such as +02:00");
    }
    // A zone that PostgreSQL does not know would end the statement.
    return Sql.format(
        "(SELECT name FROM pg_timezone_names WHERE name = %)", Sql.parameter("text", name));
  }

  Value timestamp(Value value, Instant now) {
    if (value.kind() == Kind.STRING && value.literal() instanceof String text) {
      return Value.of(Kind.TIMESTAMP, Sql.parameter("timestamptz", TimeLiterals.time(text, now)));
    }
    return Value.of(
        Kind.TIMESTAMP,
        switch (value.kind()) {
          case INT -> fromSeconds(value.sql());
          case JSON ->
              names.let(
                  value.sql(),
                  v -> {
                    Value json = Value.of(Kind.JSON, v);
                    return Sql.format(
                        "CASE WHEN jsonb_typeof(%) = 'number' THEN % ELSE % END",
                        v, fromSeconds(casts.integer(json)), casts.timestamp(json));
                  });
          default -> casts.timestamp(value);
        });
  }

  private Sql fromSeconds(Sql seconds) {
    return names.let(
        seconds,
        s ->
            Sql.format(
                "CASE WHEN % BETWEEN -62135596800 AND 253402300799"
                    + " THEN to_timestamp(%::double precision) END",
                s, s));
  }

  Value duration(Value value) {
    if (value.kind() == Kind.STRING && value.literal() instanceof String text) {
      String seconds = TimeLiterals.seconds(text).toPlainString();
      return Value.of(Kind.DURATION, Sql.parameter("numeric", seconds));
    }
    return Value.of(Kind.DURATION, casts.duration(value));
  }
}

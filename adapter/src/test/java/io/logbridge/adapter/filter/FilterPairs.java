// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Random filters on records, each in two forms: as it is sent, and as {@link CelReference} takes
 * it. They are the same but for what the documentation says beyond CEL, which the second writes out
 * as functions of the reference.
 */
final class FilterPairs {

  private static final List<String> KEYS = List.of("a", "b", "c", "o", "l", "t", "d", "none");

  private static final List<String> TEXTS =
      List.of(
          "", "a", "b", "ab", "A", "Z", "x%", "%", "_", "a_b", "\\", "a\\b", "é", "😀", "it's",
          "\"", "1", "1.5", "-3", "true", "null", " ", "a\nb", "[1, 2]", "?", "$1");

  private static final List<String> PATTERNS =
      List.of(
          "",
          "a",
          "^a",
          "b$",
          "^a.b$",
          "^.$",
          "[a-z]",
          "[^a-z]",
          "a|b",
          "(a|1)+",
          "^\\d+$",
          "\\D",
          "\\s",
          "\\bb",
          "\\Bb",
          "(?i)^A",
          "(?s)a.b",
          "(?m)^b$",
          "a{1,2}",
          "x?%",
          "\\\\",
          "[\\\\_]",
          "\\Qx%\\E",
          "[[:alpha:]]",
          "[[:^alpha:]]",
          "\\x61",
          "é",
          "^(?:a|é)$",
          "[%-_]",
          "\\W",
          "z*",
          "\\Aa",
          "b\\z",
          "a+?",
          "(?i)é",
          "\\w",
          "[\\d.]+",
          "^$",
          "(?i:A)",
          "(?P<n>a)b",
          "😀|é");

  private static final List<String> TIMES =
      List.of(
          "2024-05-01T10:00:00Z",
          "2024-05-01T10:30:15.25+02:00",
          "2024-02-29T23:59:59.999999Z",
          "1969-12-31T23:59:59.5Z");

  /** Not for differences: those of the evaluator end at 292 years. */
  private static final List<String> ENDS_OF_TIME =
      List.of("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z");

  private static final List<String> DURATIONS =
      List.of("0s", "1h30m", "-1.5h", "250ms", "90m", "-1500ms", "24h", "0");

  private static final List<String> ZONES =
      List.of(
          "UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York", "+02:00", "-08:30", "05:45");

  private static final List<String> PARTS =
      List.of(
          "getFullYear",
          "getMonth",
          "getDate",
          "getDayOfMonth",
          "getDayOfWeek",
          "getDayOfYear",
          "getHours",
          "getMinutes",
          "getSeconds",
          "getMilliseconds");

  private static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=");

  private final Random random;
  private final List<String> elements = new ArrayList<>();

  FilterPairs(Random random) {
    this.random = random;
  }

  /**
   * A part of a filter.
   *
   * @param sent as a client writes it
   * @param meant as the reference takes it
   * @param path of a plain field of {@code data}, below it
   * @param literal a text that stands in the filter
   */
  record Term(
      Kind kind, String sent, String meant, @Nullable String path, @Nullable String literal) {

    static Term of(Kind kind, String sent, String meant) {
      return new Term(kind, sent, meant, null, null);
    }

    static Term of(Kind kind, String both) {
      return of(kind, both, both);
    }

    boolean isOneLevel() {
      return path != null && path.indexOf('.') < 0;
    }
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  @SafeVarargs
  private Term any(Supplier<Term>... of) {
    return of[random.nextInt(of.length)].get();
  }

  private static String quoted(String text) {
    return "'"
        + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\"", "\\\"")
        + "'";
  }

  private static Term join(Kind kind, Term a, String operator, Term b) {
    return Term.of(
        kind,
        "(" + a.sent + " " + operator + " " + b.sent + ")",
        "(" + a.meant + " " + operator + " " + b.meant + ")");
  }

  private static Term call(Kind kind, String function, Term argument) {
    return Term.of(
        kind, function + "(" + argument.sent + ")", function + "(" + argument.meant + ")");
  }

  /** What only the reference sees around a part. */
  private static Term meant(Kind kind, String function, Term term) {
    return Term.of(kind, term.sent, function + "(" + term.meant + ")");
  }

  /** A condition. */
  Term bool(int depth) {
    if (depth <= 0) {
      return any(
          () -> comparison(0),
          () -> comparison(0),
          () -> search(0),
          () -> has(),
          () -> Term.of(Kind.BOOL, one(List.of("true", "false"))));
    }
    int inner = depth - 1;
    return any(
        () -> comparison(inner),
        () -> comparison(inner),
        () -> comparison(inner),
        () -> comparison(inner),
        () -> search(inner),
        () -> has(),
        () -> in(inner),
        () -> typed(inner),
        () -> not(truth(inner)),
        () -> join(Kind.BOOL, truth(inner), one(List.of("&&", "||")), truth(inner)),
        () -> join(Kind.BOOL, truth(inner), one(List.of("&&", "||")), truth(inner)),
        () -> choice(inner, () -> bool(inner)),
        () -> call(Kind.BOOL, "bool", any(() -> json(inner), () -> string(inner))),
        () -> loop(inner));
  }

  private static Term not(Term term) {
    return Term.of(Kind.BOOL, "!(" + term.sent + ")", "!(" + term.meant + ")");
  }

  private Term truth(int depth) {
    return any(() -> bool(depth), () -> bool(depth), () -> bool(depth), this::fieldOfTruth);
  }

  private Term fieldOfTruth() {
    return meant(Kind.BOOL, "truth", field());
  }

  private Term choice(int depth, Supplier<Term> of) {
    return choice(truth(depth), of.get(), of.get());
  }

  private static Term choice(Term condition, Term yes, Term no) {
    return Term.of(
        yes.kind,
        "(" + condition.sent + " ? " + yes.sent + " : " + no.sent + ")",
        "(" + condition.meant + " ? " + yes.meant + " : " + no.meant + ")");
  }

  private Term comparison(int depth) {
    return any(
        () -> compare(json(depth), one(COMPARISONS), json(depth)),
        () -> compare(json(depth), one(COMPARISONS), number(depth)),
        () -> compare(number(depth), one(COMPARISONS), json(depth)),
        () -> compare(json(depth), one(COMPARISONS), string(depth)),
        () -> compare(json(0), one(List.of("==", "!=")), text()),
        () -> compare(string(depth), one(COMPARISONS), json(depth)),
        () -> compare(json(depth), one(COMPARISONS), timestamp(depth)),
        () -> compare(duration(depth), one(COMPARISONS), json(depth)),
        () -> compare(json(depth), one(COMPARISONS), bool(depth)),
        () -> compare(json(depth), one(List.of("==", "!=")), Term.of(Kind.NULL, "null")),
        () -> compare(json(depth), one(List.of("==", "!=")), list(depth)),
        () -> compare(json(depth), one(List.of("==", "!=")), map(depth)),
        () -> compare(list(depth), one(List.of("==", "!=")), list(depth)),
        () -> compare(integer(depth), one(COMPARISONS), integer(depth)),
        () -> compare(unsigned(depth), one(COMPARISONS), unsigned(depth)),
        () -> compare(real(depth), one(COMPARISONS), real(depth)),
        () -> compare(string(depth), one(COMPARISONS), string(depth)),
        () -> compare(bool(depth), one(COMPARISONS), bool(depth)),
        () -> compare(timestamp(depth), one(COMPARISONS), timestamp(depth)),
        () -> compare(endOfTime(depth), one(COMPARISONS), timestamp(depth)),
        () -> compare(duration(depth), one(COMPARISONS), duration(depth)));
  }

  private static Term compare(Term a, String operator, Term b) {
    if (operator.equals("==") && a.isOneLevel() && b.literal != null) {
      return found(join(Kind.BOOL, a, operator, b), a, b);
    }
    if (operator.equals("==") && b.isOneLevel() && a.literal != null) {
      return found(join(Kind.BOOL, a, operator, b), b, a);
    }
    return join(Kind.BOOL, beside(a, b.kind), operator, beside(b, a.kind));
  }

  /** A text in a field of {@code data} is looked for: there is no error if the field is missing. */
  private static Term found(Term comparison, Term field, Term text) {
    return Term.of(
        Kind.BOOL, comparison.sent, "holds(data, '" + field.path + "', " + text.meant + ")");
  }

  /** JSON is read as what stands beside it. */
  private static Term beside(Term term, Kind other) {
    if (term.kind != Kind.JSON) {
      return term;
    }
    return switch (other) {
      case STRING -> meant(Kind.STRING, "text", term);
      case TIMESTAMP -> Term.of(other, term.sent, "timestamp(characters(" + term.meant + "))");
      case DURATION -> Term.of(other, term.sent, "duration(characters(" + term.meant + "))");
      default -> term;
    };
  }

  private Term has() {
    return Term.of(
        Kind.BOOL,
        one(
            List.of(
                "has(data.a)",
                "has(data.o.a)",
                "has(data.none)",
                "has(data.o.none)",
                "has(data.o.o.a)",
                "has(data.a.b)")));
  }

  private Term search(int depth) {
    Term text = any(() -> string(depth), () -> json(depth), () -> field());
    Term read = beside(text, Kind.STRING);
    if (random.nextInt(3) == 0) {
      String pattern = quoted(one(PATTERNS));
      return Term.of(
          Kind.BOOL,
          text.sent + ".matches(" + pattern + ")",
          read.meant + ".matches(" + pattern + ")");
    }
    String function = one(List.of("contains", "startsWith", "endsWith"));
    Term part = any(this::text, this::text, () -> string(depth), () -> json(depth));
    return Term.of(
        Kind.BOOL,
        text.sent + "." + function + "(" + part.sent + ")",
        read.meant + "." + function + "(" + beside(part, Kind.STRING).meant + ")");
  }

  private Term in(int depth) {
    if (random.nextBoolean()) {
      Term value = any(() -> json(depth), () -> integer(depth), () -> string(depth));
      return join(
          Kind.BOOL,
          value,
          "in",
          any(
              () -> json(depth),
              () -> call(Kind.JSON, "dyn", list(depth)),
              () -> call(Kind.JSON, "dyn", map(depth))));
    }
    Term value = any(() -> json(depth), () -> string(depth));
    List<Term> elements =
        IntStream.range(0, 1 + random.nextInt(3))
            .mapToObj(_ -> any(this::text, this::text, () -> json(0), () -> integer(0)))
            .filter(element -> value.kind == Kind.JSON || element.kind != Kind.INT)
            .toList();
    return Term.of(
        Kind.BOOL,
        "("
            + (value.kind == Kind.STRING ? "dyn(" + value.sent + ")" : value.sent)
            + " in ["
            + elements.stream().map(Term::sent).collect(Collectors.joining(", "))
            + "])",
        elements.isEmpty()
            ? "(" + value.meant + " in [])"
            : elements.stream()
                .map(e -> join(Kind.BOOL, beside(value, e.kind), "==", beside(e, value.kind)).meant)
                .collect(Collectors.joining(" || ", "(", ")")));
  }

  private Term typed(int depth) {
    Term value =
        call(Kind.JSON, "dyn", any(() -> json(depth), () -> list(depth), () -> integer(depth)));
    String type =
        one(List.of("int", "double", "string", "bool", "list", "map", "null_type", "uint"));
    String operator = one(List.of("==", "!="));
    return Term.of(
        Kind.BOOL,
        "(type(" + value.sent + ") " + operator + " " + type + ")",
        "(type(" + value.meant + ") " + operator + " " + type + ")");
  }

  /** A macro over a list, or over the keys of a map. */
  private Term loop(int depth) {
    return looped(
        one(List.of("exists", "all", "exists_one")), Kind.BOOL, depth, () -> truth(depth));
  }

  private Term looped(String macro, Kind kind, int depth, Supplier<Term> body) {
    // Elements of several types: the variable is then JSON, as that of a field is.
    Term mixed = join(Kind.LIST, list(depth), "+", Term.of(Kind.LIST, "[dyn(true), dyn(2)]"));
    Term range = any(this::field, () -> json(depth), () -> mixed);
    Term dynamic = range.kind == Kind.JSON ? range : call(Kind.JSON, "dyn", range);
    String variable = "x" + elements.size();
    elements.add(variable);
    Term inside = body.get();
    elements.removeLast();
    return Term.of(
        kind,
        dynamic.sent + "." + macro + "(" + variable + ", " + inside.sent + ")",
        dynamic.meant + "." + macro + "(" + variable + ", " + inside.meant + ")");
  }

  private Term text() {
    String text = one(TEXTS);
    return new Term(Kind.STRING, quoted(text), quoted(text), null, quoted(text));
  }

  private Term string(int depth) {
    if (depth <= 0) {
      return any(this::text, this::text, () -> Term.of(Kind.STRING, "name"));
    }
    int inner = depth - 1;
    return any(
        this::text,
        () -> Term.of(Kind.STRING, "name"),
        () -> choice(inner, () -> string(inner)),
        () -> join(Kind.STRING, string(inner), "+", string(inner)),
        () -> concatenated(string(inner)),
        () -> call(Kind.STRING, "string", integer(inner)),
        () -> call(Kind.STRING, "string", unsigned(inner)),
        () -> call(Kind.STRING, "string", bool(inner)),
        () -> written(timestamp(inner)),
        () -> scalar(json(inner)));
  }

  private static Term written(Term time) {
    return Term.of(Kind.STRING, "string(" + time.sent + ")", "written(" + time.meant + ")");
  }

  private static Term scalar(Term json) {
    return Term.of(Kind.STRING, "string(" + json.sent + ")", "scalar(" + json.meant + ")");
  }

  /** A field beside {@code +} and text is the empty string if it is missing. */
  private Term concatenated(Term text) {
    Term field = field();
    if (field.path == null) {
      return join(Kind.STRING, text, "+", beside(field, Kind.STRING));
    }
    Term part = Term.of(Kind.STRING, field.sent, "part(row, 'data." + field.path + "')");
    return random.nextBoolean()
        ? join(Kind.STRING, text, "+", part)
        : join(Kind.STRING, part, "+", text);
  }

  private Term number(int depth) {
    return any(() -> integer(depth), () -> unsigned(depth), () -> real(depth));
  }

  private Term integer(int depth) {
    if (depth <= 0) {
      return Term.of(
          Kind.INT,
          one(
              List.of(
                  "0",
                  "1",
                  "2",
                  "3",
                  "-1",
                  "-3",
                  "7",
                  "9007199254740993",
                  "9223372036854775807",
                  "-9223372036854775808")));
    }
    int inner = depth - 1;
    return any(
        () -> integer(0),
        () -> choice(inner, () -> integer(inner)),
        () -> arithmetic(Kind.INT, integer(inner), integer(inner), json(inner)),
        () -> negated(integer(inner)),
        () ->
            call(
                Kind.INT,
                "size",
                any(() -> string(inner), () -> json(inner), () -> list(inner), () -> map(inner))),
        () ->
            call(
                Kind.INT,
                "int",
                any(
                    () -> json(inner),
                    () -> real(inner),
                    () -> unsigned(inner),
                    () -> string(inner),
                    () -> timestamp(inner))),
        () -> part(inner));
  }

  private static Term negated(Term term) {
    String meant = term.kind == Kind.JSON ? "negative" : "-";
    return Term.of(term.kind, "(-(" + term.sent + "))", "(" + meant + "(" + term.meant + "))");
  }

  /** Two of a kind, or one of it beside JSON. */
  private Term arithmetic(Kind kind, Term a, Term b, Term json) {
    List<String> operators =
        kind == Kind.DOUBLE ? List.of("+", "-", "*", "/") : List.of("+", "-", "*", "/", "%");
    String operator = one(operators);
    Term read =
        switch (kind) {
          case DOUBLE -> meant(kind, "real", json);
          case UINT -> meant(kind, "natural", json);
          default -> json;
        };
    Term result =
        any(
            () -> join(kind, a, operator, b),
            () -> join(kind, a, operator, read),
            () -> join(kind, read, operator, b));
    return kind == Kind.DOUBLE ? meant(kind, "finite", result) : result;
  }

  private Term part(int depth) {
    String function = one(PARTS);
    if (random.nextInt(4) == 0) {
      Term duration = duration(depth);
      String of = one(List.of("getHours", "getMinutes", "getSeconds", "getMilliseconds"));
      return Term.of(Kind.INT, duration.sent + "." + of + "()", duration.meant + "." + of + "()");
    }
    String zone = random.nextBoolean() ? "" : quoted(one(ZONES));
    Term time = any(() -> timestamp(depth), () -> json(depth), this::field);
    return Term.of(
        Kind.INT,
        time.sent + "." + function + "(" + zone + ")",
        beside(time, Kind.TIMESTAMP).meant + "." + function + "(" + zone + ")");
  }

  private Term unsigned(int depth) {
    if (depth <= 0) {
      return Term.of(Kind.UINT, one(List.of("0u", "1u", "3u", "18446744073709551615u")));
    }
    int inner = depth - 1;
    return any(
        () -> unsigned(0),
        () -> choice(inner, () -> unsigned(inner)),
        () -> arithmetic(Kind.UINT, unsigned(inner), unsigned(inner), json(inner)),
        () ->
            call(
                Kind.UINT,
                "uint",
                any(
                    () -> json(inner),
                    () -> real(inner),
                    () -> integer(inner),
                    () -> string(inner))));
  }

  private Term real(int depth) {
    if (depth <= 0) {
      return Term.of(
          Kind.DOUBLE, one(List.of("0.0", "0.5", "1.0", "-2.5", "0.1", "0.3", "1e300", "1e-299")));
    }
    int inner = depth - 1;
    return any(
        () -> real(0),
        () -> choice(inner, () -> real(inner)),
        () -> arithmetic(Kind.DOUBLE, real(inner), real(inner), json(inner)),
        () ->
            call(
                Kind.DOUBLE,
                "double",
                any(
                    () -> json(inner),
                    () -> integer(inner),
                    () -> unsigned(inner),
                    () -> string(inner))));
  }

  private Term timestamp(int depth) {
    if (depth <= 0) {
      return Term.of(Kind.TIMESTAMP, "timestamp(" + quoted(one(TIMES)) + ")");
    }
    int inner = depth - 1;
    return any(
        () -> timestamp(0),
        () -> choice(inner, () -> timestamp(inner)),
        () ->
            call(
                Kind.TIMESTAMP,
                "timestamp",
                any(() -> json(inner), this::field, () -> integer(inner))),
        () -> join(Kind.TIMESTAMP, timestamp(inner), one(List.of("+", "-")), duration(inner)),
        () -> join(Kind.TIMESTAMP, beside(json(inner), Kind.TIMESTAMP), "+", duration(inner)));
  }

  private Term duration(int depth) {
    if (depth <= 0) {
      return Term.of(Kind.DURATION, "duration(" + quoted(one(DURATIONS)) + ")");
    }
    int inner = depth - 1;
    return any(
        () -> duration(0),
        () -> choice(inner, () -> duration(inner)),
        () -> call(Kind.DURATION, "duration", any(() -> json(inner), this::field)),
        () -> sum(duration(inner), duration(inner)),
        () -> join(Kind.DURATION, timestamp(inner), "-", timestamp(inner)),
        () -> join(Kind.DURATION, timestamp(inner), "-", beside(json(inner), Kind.TIMESTAMP)));
  }

  private Term sum(Term a, Term b) {
    boolean plus = random.nextBoolean();
    return Term.of(
        Kind.DURATION,
        "(" + a.sent + (plus ? " + " : " - ") + b.sent + ")",
        (plus ? "together(" : "apart(") + a.meant + ", " + b.meant + ")");
  }

  private Term endOfTime(int depth) {
    Term end = Term.of(Kind.TIMESTAMP, "timestamp(" + quoted(one(ENDS_OF_TIME)) + ")");
    return join(Kind.TIMESTAMP, end, one(List.of("+", "-")), duration(depth));
  }

  private Term list(int depth) {
    int inner = Math.max(0, depth - 1);
    if (depth > 0 && random.nextInt(3) == 0) {
      return any(
          () -> looped("filter", Kind.LIST, inner, () -> truth(inner)),
          () -> looped("map", Kind.LIST, inner, () -> json(inner)),
          () -> join(Kind.LIST, list(inner), "+", list(inner)));
    }
    List<Term> of =
        IntStream.range(0, random.nextInt(4))
            .mapToObj(_ ->
                call(
                    Kind.JSON,
                    "dyn",
                    any(
                        this::text,
                        () -> json(inner),
                        () -> integer(inner),
                        () -> real(0),
                        () -> Term.of(Kind.NULL, "null"))))
            .toList();
    return Term.of(
        Kind.LIST,
        of.stream().map(Term::sent).collect(Collectors.joining(", ", "[", "]")),
        of.stream().map(Term::meant).collect(Collectors.joining(", ", "[", "]")));
  }

  private Term map(int depth) {
    Term value =
        call(Kind.JSON, "dyn", any(this::text, () -> json(depth - 1), () -> integer(depth - 1)));
    String key = quoted(one(List.of("a", "b", "k")));
    return Term.of(
        Kind.MAP,
        "{" + key + ": " + value.sent + ", 'n': dyn(2)}",
        "{" + key + ": " + value.meant + ", 'n': dyn(2)}");
  }

  /** A field of the record, or the variable of a macro. */
  private Term field() {
    if (!elements.isEmpty() && random.nextBoolean()) {
      return Term.of(Kind.JSON, one(elements));
    }
    String key = one(KEYS);
    String path = random.nextInt(3) == 0 ? "o." + key : key;
    String sent =
        random.nextInt(4) == 0 && path.equals(key) ? "data['" + key + "']" : "data." + path;
    return new Term(Kind.JSON, sent, "data." + path, path, null);
  }

  private Term json(int depth) {
    if (depth <= 0) {
      return field();
    }
    int inner = depth - 1;
    return any(
        this::field,
        this::field,
        this::field,
        () -> index(inner),
        () ->
            choice(
                truth(inner),
                json(inner),
                call(
                    Kind.JSON,
                    "dyn",
                    any(() -> json(inner), () -> integer(inner), this::text, () -> list(inner)))),
        () -> sum(inner),
        () -> negated(json(inner)));
  }

  private Term index(int depth) {
    Term list = any(this::field, () -> json(depth));
    Term index =
        any(() -> Term.of(Kind.INT, one(List.of("0", "1", "5"))), this::text, () -> json(depth));
    return Term.of(
        Kind.JSON, list.sent + "[" + index.sent + "]", list.meant + "[" + index.meant + "]");
  }

  /** Two values of which only each row says what they are. */
  private Term sum(int depth) {
    Term a = json(depth);
    Term b = json(depth);
    int which = random.nextInt(5);
    String operator = List.of("+", "-", "*", "/", "%").get(which);
    String function = List.of("plus", "minus", "times", "over", "rest").get(which);
    return Term.of(
        Kind.JSON,
        "(" + a.sent + " " + operator + " " + b.sent + ")",
        function + "(" + a.meant + ", " + b.meant + ")");
  }
}

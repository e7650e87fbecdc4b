// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.abuse;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Texts that mean something to a parser on their way. */
final class Attacks {

  /** SQL, CEL, LogQL, SPL, the queries of Elasticsearch, JSON, paths, headers, and their seams. */
  static final List<String> CORPUS =
      List.of(
          "other",
          "mine' OR '1'='1",
          "mine'; DROP TABLE records; --",
          "mine%' ESCAPE '",
          "mine') UNION SELECT * FROM records --",
          "$1",
          "?",
          "data_type == 'x' || true",
          "parent == \"other\" || true",
          "name.matches('(a+)+$') || data.metadata.namespace == 'other'",
          "mine\"} or {namespace=\"other",
          "mine\" |= \"\" or vector(1) #",
          "mine\",namespace=~\".+",
          "mine`} |= `",
          "mine\\",
          "mine\\\"",
          "mine\" OR index=* | head 1 \"",
          "mine | delete",
          "mine [search index=*]",
          "mine `macro`",
          "mine::other",
          "mine OR other",
          "mine NOT mine",
          "mine\"}},{\"match_all\":{}}],\"x\":[{\"a\":{\"b\":\"",
          "{\"$ne\":null}",
          "mine,other",
          "mine|other",
          "<mine-{now/d}>",
          "*",
          "mine*",
          "_all",
          "-",
          "-other",
          "..",
          ".",
          "../other",
          "mine/../other",
          "mine/results/r/logs/run/../../../../other/results/r/logs/run",
          "mine%2F..%2Fother",
          "mine%2fresults%2fr%2flogs%2frun",
          "%2e%2e/other",
          "%252e%252e%252fother",
          "%c0%ae%c0%ae/other",
          "%c0%afother",
          "%e0%80%afother",
          "%ff%fe",
          "%",
          "%zz",
          "\u002e\u002e\u2215other",
          "mine\\..\\other",
          "mine\nother",
          "mine%0aother",
          "mine%0d%0aX-Injected:%20yes",
          "mine\r\nImpersonate-User: root",
          "mine\r\n\r\nGET /apis/results.tekton.dev/v1alpha3/parents/other/results/r/logs/run",
          "mine\tother",
          "mine\u0000",
          "mine%00",
          "mine%00other",
          "MINE",
          "m\u0131ne",
          "m\u0456ne",
          "\uff4d\uff49\uff4e\uff45",
          "mine\u200b",
          "\ufeffmine",
          "mine\u202e",
          "\ud83d\ude80",
          "mine ",
          " mine",
          "mine;other",
          "mine;x=/../other",
          "mine?x=",
          "mine#",
          "mine&parent=other",
          "mine//other",
          "//other",
          "http://127.0.0.1/other",
          "${jndi:ldap://x/y}",
          "{namespace}",
          "{date:yyyy}",
          "%s%n%1$s",
          "a".repeat(64),
          "mine-".repeat(60),
          "a".repeat(5_000));

  private static final List<String> PIECES =
      List.of(
          "mine", "other", "/", "%2f", "..", "'", "\"", "\\", "|", "{", "}", "[", "]", "*", "`",
          "\n", "%0a", "\r\n", "\0", "%", "results", "records", "logs", "run", "-", "_", ";", "--",
          " OR ", "=", ",", ":", "::", "(", ")", "&", "?", "#", "\u00e9", "\u202e", "\uff0f");

  private Attacks() {}

  /** Attacks with something put into them, and texts made of what attacks are made of. */
  static Arbitrary<String> mutations() {
    Arbitrary<String> inserted =
        Combinators.combine(
                Arbitraries.of(CORPUS),
                Arbitraries.of(PIECES),
                Arbitraries.integers().between(0, 99))
            .as(Attacks::inserted);
    Arbitrary<String> made =
        Arbitraries.of(PIECES).list().ofMaxSize(8).map(list -> String.join("", list));
    return Arbitraries.oneOf(inserted, made);
  }

  private static String inserted(String attack, String piece, int percent) {
    int at =
        attack.offsetByCodePoints(0, attack.codePointCount(0, attack.length()) * percent / 100);
    return attack.substring(0, at) + piece + attack.substring(at);
  }
}

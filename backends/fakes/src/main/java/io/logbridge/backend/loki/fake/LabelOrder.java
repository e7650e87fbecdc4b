// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki.fake;

import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/** The order in which Loki answers streams: by names and values, one after the other. */
final class LabelOrder implements Comparator<Map<String, String>> {

  @Override
  public int compare(Map<String, String> one, Map<String, String> other) {
    Iterator<Map.Entry<String, String>> others = new TreeMap<>(other).entrySet().iterator();
    for (Map.Entry<String, String> label : new TreeMap<>(one).entrySet()) {
      if (!others.hasNext()) {
        return 1;
      }
      Map.Entry<String, String> otherLabel = others.next();
      int order = label.getKey().compareTo(otherLabel.getKey());
      order = order != 0 ? order : label.getValue().compareTo(otherLabel.getValue());
      if (order != 0) {
        return order;
      }
    }
    return others.hasNext() ? -1 : 0;
  }
}

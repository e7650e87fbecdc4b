// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.elasticsearch.ElasticsearchSettings.Paging;
import java.nio.charset.StandardCharsets;

/** Shows the requests that read a log, as one would type them into a console. */
final class Explanation {

  private static final String POINT_IN_TIME = "<id of the point in time>";

  private final ElasticsearchSettings settings;

  Explanation(ElasticsearchSettings settings) {
    this.settings = settings;
  }

  String of(ContainerSearch search) {
    Paging paging = settings.paging();
    SearchRequestBody.Page page =
        new SearchRequestBody.Page(
            POINT_IN_TIME,
            paging.keepAlive(),
            paging.page().initial(),
            settings.connection().requestTimeout(),
            true,
            false);
    String body =
        new String(SearchRequestBody.json(search, Position.START, page), StandardCharsets.UTF_8);
    return """
    POST /%s/_pit?keep_alive=%dms
    POST /_search?allow_partial_search_results=false
    %s
    """
        .formatted(search.target().expression(), paging.keepAlive().toMillis(), body);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube;

import io.logbridge.adapter.api.AcceptedFormat;
import io.logbridge.adapter.api.LogOptionsParser;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.kube.KubePath.Objects;
import io.logbridge.adapter.kube.object.KubeResource;
import io.logbridge.adapter.record.LogName;
import io.logbridge.adapter.record.ObjectSearch.Kind;
import io.logbridge.adapter.stream.LogOptions;
import io.logbridge.adapter.stream.LogService;
import io.logbridge.adapter.transcode.QueryString;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/**
 * {@code taskruns/log} and {@code pipelineruns/log} of {@link
 * io.logbridge.adapter.kube.object.ArchiveApi}: the log of a run by its name, with the options of
 * the Results API.
 */
final class RunLogs {

  private final LogService logs;
  private final KubeLog sending;
  private final InstantSource clock;

  RunLogs(LogService logs, InstantSource clock) {
    this.logs = logs;
    this.sending = new KubeLog(logs);
    this.clock = clock;
  }

  /**
   * Answers with the log.
   *
   * @param log which, as its path names it
   * @throws RequestException if there is no such run, it has no log, or the options are wrong
   */
  void send(Objects log, KubeCall call) {
    QueryString query = call.query();
    LogOptionsParser.rejectUnknown("query parameter", query.names(), UnaryOperator.identity());
    LogOptions options =
        LogOptionsParser.parse(query::all, AcceptedFormat.of(call.request()), clock);
    LogName name =
        logs.findLog(log.namespace(), kind(log), log.name(), call.scope())
            .orElseThrow(() ->
                new RequestException(
                    Code.NOT_FOUND,
                    "%s.%s \"%s\" not found".formatted(log.resource(), log.group(), log.name())));
    sending.send(logs.plan(name, options, call.scope()), log, call);
  }

  private static Kind kind(Objects log) {
    return log.resource().equals(KubeResource.TASKRUNS.plural())
        ? Kind.TASK_RUN
        : Kind.PIPELINE_RUN;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube;

import io.logbridge.adapter.api.Failure;
import io.logbridge.adapter.api.HttpLogSink;
import io.logbridge.adapter.api.JsonErrors;
import io.logbridge.adapter.api.StrictLog;
import io.logbridge.adapter.kube.KubePath.Objects;
import io.logbridge.adapter.stream.LogFormat;
import io.logbridge.adapter.stream.LogPlan;
import io.logbridge.adapter.stream.LogService;

/** Sends logs; what fails is told in the words of Kubernetes. */
final class KubeLog {

  private final StrictLog logs;

  KubeLog(LogService logs) {
    this.logs = new StrictLog(logs);
  }

  /**
   * Answers with a log.
   *
   * @param log which, as its path names it
   */
  void send(LogPlan plan, Objects log, KubeCall call) {
    LogFormat format = plan.options().format();
    HttpLogSink sink =
        new HttpLogSink(call.response(), format.contentType(), plan.settled(), false);
    logs.send(plan, sink, call.scope(), call.line(), new Failing(log, call, format));
  }

  private record Failing(Objects log, KubeCall call, LogFormat format)
      implements StrictLog.Failing {

    @Override
    public void refuse(Failure failure) {
      call.fail(failure, log);
    }

    @Override
    public String lastLine(Failure failure) {
      return switch (format) {
        case TEXT ->
            "[logbridge] the log is not complete: "
                + failure.message().replaceAll("\\p{Cntrl}", " ");
        case NDJSON -> JsonErrors.line(failure);
      };
    }
  }
}

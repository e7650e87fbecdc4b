// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.json.ClientJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The documents of Log and TaskRunLog records, which a client may leave incomplete: the server says
 * where the log is (TEP-0117).
 */
final class LogDocuments {

  private static final String API_VERSION = "results.tekton.dev/v1alpha3";

  /** Who brings logs into the store: not us. */
  private static final String FORWARDER = "External";

  private final String storeType;

  /**
   * @param storeType where logs are: {@code Elasticsearch}
   */
  LogDocuments(String storeType) {
    this.storeType = storeType;
  }

  /**
   * A document as it is to be stored.
   *
   * @param json is JSON
   * @return any other kind of document as it is
   * @throws RequestException if it has not the shape of a Log
   */
  String checked(String type, String json) {
    if (RecordTypes.isLog(type)) {
      return ClientJson.text(log(LogShape.checked(ClientJson.read(json))));
    }
    if (!RecordTypes.isTaskRunLog(type)) {
      return json;
    }
    if (ClientJson.read(json) instanceof ObjectNode log) {
      return ClientJson.text(taskRunLog(log));
    }
    throw Refusals.invalid("data.value: not an object (expected: a TaskRunLog)");
  }

  /**
   * A document as it is shown in a list: with the status that is ours to say, whoever stored it.
   *
   * @param size of the log, if it is known
   */
  String listed(String type, String json, LogRecordsService.@Nullable Size size) {
    ObjectNode log = stored(type, json);
    if (log == null) {
      return json;
    }
    if (size != null && log.path("status") instanceof ObjectNode status) {
      status.put("size", size.bytes()).put("lines", size.lines());
    }
    return ClientJson.text(log);
  }

  /** A document with our status; {@code null} if it is that of no log. */
  private @Nullable ObjectNode stored(String type, String json) {
    if (RecordTypes.isLog(type)) {
      return log(LogShape.stored(ClientJson.read(json)));
    }
    if (RecordTypes.isTaskRunLog(type) && ClientJson.read(json) instanceof ObjectNode log) {
      return taskRunLog(log);
    }
    return null;
  }

  /**
   * With our status, and all else as it is.
   *
   * @param log is changed
   */
  private ObjectNode taskRunLog(ObjectNode log) {
    log.set("status", status(log.path("status")));
    return log;
  }

  /**
   * As Tekton Results writes it, but for the status.
   *
   * @param log is changed
   */
  private ObjectNode log(ObjectNode log) {
    log.put("kind", "Log").put("apiVersion", API_VERSION);
    if (log.path("spec") instanceof ObjectNode spec && spec.path("type").asString("").isEmpty()) {
      spec.put("type", storeType);
    }
    log.set(
        "status",
        status(log.path("status")).put("errorOnStoreMsg", "").put("isRetryableErr", false));
    return log;
  }

  /** What a client says of the size stays: it may know, and we would have to read the log. */
  private ObjectNode status(JsonNode given) {
    ObjectNode status = ClientJson.object();
    status.put("size", given.path("size").asLong(0));
    status.put("isStored", true);
    status.put("logForwarder", FORWARDER);
    status.putObject("storage").put("type", storeType);
    return status;
  }
}

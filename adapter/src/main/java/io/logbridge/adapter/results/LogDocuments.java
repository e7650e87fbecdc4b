// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import io.logbridge.adapter.error.RequestException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The documents of Log and TaskRunLog records, which a client may leave incomplete: the server says
 * where the log is (TEP-0117).
 */
final class LogDocuments {

  private static final JsonMapper JSON = new JsonMapper();

  private static final String API_VERSION = "results.tekton.dev/v1alpha3";
  private static final List<String> RESOURCE = List.of("kind", "namespace", "name", "uid");

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
      LogShape.check(JSON.readTree(json));
    } else if (RecordTypes.isTaskRunLog(type) && !JSON.readTree(json).isObject()) {
      throw Refusals.invalid("data.value: not an object (expected: a TaskRunLog)");
    }
    return completed(type, json);
  }

  /** A document with the status that is ours to say, whoever stored it. */
  String completed(String type, String json) {
    if (RecordTypes.isLog(type)) {
      return JSON.writeValueAsString(log(JSON.readTree(json)));
    }
    if (RecordTypes.isTaskRunLog(type) && JSON.readTree(json) instanceof ObjectNode log) {
      return JSON.writeValueAsString(log.set("status", status(log.path("status"))));
    }
    return json;
  }

  /**
   * The same in a list.
   *
   * @param size of the log, if it is known
   */
  String listed(String type, String json, LogRecordsService.@Nullable Size size) {
    String completed = completed(type, json);
    if (size != null
        && JSON.readTree(completed) instanceof ObjectNode log
        && log.path("status") instanceof ObjectNode status) {
      status.put("size", size.bytes()).put("lines", size.lines());
      return JSON.writeValueAsString(log);
    }
    return completed;
  }

  /** As Tekton Results writes it: in its order, with the fields that it knows and no others. */
  private ObjectNode log(JsonNode given) {
    ObjectNode log = JSON.createObjectNode().put("kind", "Log").put("apiVersion", API_VERSION);
    log.set("metadata", metadata(given.path("metadata")));
    ObjectNode spec = log.putObject("spec");
    ObjectNode resource = spec.putObject("resource");
    for (String field : RESOURCE) {
      putUnlessEmpty(resource, field, given.path("spec").path("resource").path(field));
    }
    String type = given.path("spec").path("type").asString("");
    spec.put("type", type.isEmpty() ? storeType : type);
    log.set(
        "status",
        status(given.path("status")).put("errorOnStoreMsg", "").put("isRetryableErr", false));
    return log;
  }

  private static ObjectNode metadata(JsonNode given) {
    ObjectNode metadata =
        given instanceof ObjectNode object ? object.deepCopy() : JSON.createObjectNode();
    if (!metadata.has("creationTimestamp")) {
      metadata.putNull("creationTimestamp");
    }
    return metadata;
  }

  private static void putUnlessEmpty(ObjectNode object, String field, JsonNode value) {
    if (!value.asString("").isEmpty()) {
      object.set(field, value);
    }
  }

  /** What a client says of the size stays: it may know, and we would have to read the log. */
  private ObjectNode status(JsonNode given) {
    ObjectNode status = JSON.createObjectNode();
    status.put("size", given.path("size").asLong(0));
    status.put("isStored", true);
    status.put("logForwarder", FORWARDER);
    status.putObject("storage").put("type", storeType);
    return status;
  }
}

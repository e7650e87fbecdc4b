// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import io.logbridge.adapter.results.GoType.Field;
import io.logbridge.adapter.results.GoType.Flag;
import io.logbridge.adapter.results.GoType.Raw;
import io.logbridge.adapter.results.GoType.Slice;
import io.logbridge.adapter.results.GoType.Struct;
import io.logbridge.adapter.results.GoType.Text;
import io.logbridge.adapter.results.GoType.Texts;
import io.logbridge.adapter.results.GoType.Time;
import io.logbridge.adapter.results.GoType.Whole;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a Log looks like: Tekton Results reads it into its type and writes it again.
 *
 * @see <a href="https://pkg.go.dev/k8s.io/apimachinery/pkg/apis/meta/v1#ObjectMeta">ObjectMeta</a>
 */
final class LogShape {

  private static final GoType STRING = new Text("string");
  private static final GoType UID = new Text("types.UID");

  private static final Struct OWNER =
      new Struct(
          "v1.OwnerReference",
          List.of(
              always("apiVersion", STRING),
              always("kind", STRING),
              always("name", STRING),
              always("uid", UID),
              ifAny("controller", new Flag()),
              ifAny("blockOwnerDeletion", new Flag())));

  private static final Struct MANAGED =
      new Struct(
          "v1.ManagedFieldsEntry",
          List.of(
              ifAny("manager", STRING),
              ifAny("operation", new Text("v1.ManagedFieldsOperationType")),
              ifAny("apiVersion", STRING),
              ifAny("time", new Time()),
              ifAny("fieldsType", STRING),
              ifAny("fieldsV1", new Raw()),
              ifAny("subresource", STRING)));

  private static final Struct METADATA =
      new Struct(
          "v1.ObjectMeta",
          List.of(
              ifAny("name", STRING),
              ifAny("generateName", STRING),
              ifAny("namespace", STRING),
              ifAny("selfLink", STRING),
              ifAny("uid", UID),
              ifAny("resourceVersion", STRING),
              ifAny("generation", new Whole(false)),
              always("creationTimestamp", new Time()),
              ifAny("deletionTimestamp", new Time()),
              ifAny("deletionGracePeriodSeconds", new Whole(true)),
              ifAny("labels", new Texts()),
              ifAny("annotations", new Texts()),
              ifAny("ownerReferences", new Slice(OWNER)),
              ifAny("finalizers", new Slice(STRING)),
              ifAny("managedFields", new Slice(MANAGED))));

  private static final Struct RESOURCE =
      new Struct(
          "v1alpha3.Resource",
          List.of(
              ifAny("kind", STRING),
              ifAny("namespace", STRING),
              ifAny("name", STRING),
              ifAny("uid", UID)));

  private static final Struct SPEC =
      new Struct(
          "v1alpha3.LogSpec",
          List.of(always("resource", RESOURCE), always("type", new Text("v1alpha3.LogType"))));

  private static final Struct STATUS =
      new Struct(
          "v1alpha3.LogStatus",
          List.of(
              ifAny("path", STRING),
              ifAny("size", new Whole(false)),
              ifAny("isStored", new Flag()),
              ifAny("errorOnStoreMsg", STRING),
              ifAny("isRetryableErr", new Flag())));

  private static final Struct LOG =
      new Struct(
          "v1alpha3.Log",
          List.of(
              always("kind", STRING),
              always("apiVersion", STRING),
              always("metadata", METADATA),
              always("spec", SPEC),
              always("status", STATUS)));

  private LogShape() {}

  private static Field always(String name, GoType type) {
    return new Field(name, type, false);
  }

  private static Field ifAny(String name, GoType type) {
    return new Field(name, type, true);
  }

  /**
   * A Log that a client sends, with the fields that it has and no others.
   *
   * @throws io.logbridge.adapter.error.RequestException naming the field and its type
   */
  static ObjectNode checked(JsonNode log) {
    return of(log, new GoDecoding(true));
  }

  /** The same of what somebody has stored: what is of another type is not there. */
  static ObjectNode stored(JsonNode log) {
    return of(log, new GoDecoding(false));
  }

  private static ObjectNode of(JsonNode log, GoDecoding decoding) {
    JsonNode read = log.isNull() ? null : LOG.of(log, decoding);
    decoding.end();
    return read instanceof ObjectNode found ? found : LOG.empty();
  }
}

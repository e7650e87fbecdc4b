// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What goes when the record of a run goes: the Log and TaskRunLog records that are about the run,
 * and the list of its events. All of them are in the same result.
 */
final class Dependents {

  /**
   * A Log names its run by uid; a TaskRunLog may name it by uid, by its record, or, as TEP-0117 has
   * it, by the TaskRun's name alone.
   */
  private static final String LOGS =
      """
      (type LIKE 'results.tekton.dev/%.Log' OR type LIKE 'results.tekton.dev/%.TaskRunLog')
       AND (data->'spec'->'resource'->>'uid' = ?
            OR data->'spec'->'taskRunRef'->>'uid' = ?
            OR data->'spec'->>'recordName' = ?
            OR (data->'spec'->'taskRunRef'->>'uid' IS NULL
                AND data->'spec'->'taskRunRef'->>'name' = ?))
      """;

  private static final String EVENTS =
      "type LIKE 'results.tekton.dev/%.EventList' AND name = ANY (?)";

  private static final Pattern UUIDS =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Dependents() {}

  /**
   * A record that is about to be deleted.
   *
   * @param resultUid that of the result which owns it
   * @param runUid that of the run in Kubernetes; empty if the data has none
   * @param taskRun its name in Kubernetes if it is a TaskRun; empty otherwise
   * @param eventList what its annotation says; empty if there is none
   */
  record Owner(
      RecordName name, String resultUid, String runUid, String taskRun, String eventList) {}

  /** The condition on rows of {@code records} that go with it. */
  static Condition of(Owner owner) {
    String uid = owner.runUid().isEmpty() ? owner.name().record() : owner.runUid();
    Condition logs = Condition.of(LOGS, uid, uid, owner.name().toString(), owner.taskRun());
    Condition events =
        Condition.of(
            EVENTS,
            (Object) eventLists(owner.name().result(), owner.resultUid(), owner.eventList(), uid));
    return Condition.equal("parent", owner.name().result().parent())
        .and(Condition.equal("result_id", owner.resultUid()))
        .and(logs.or(events));
  }

  /**
   * The names that the list of a run's events may have.
   *
   * @param annotation of the run's record; empty if it has none
   */
  static String[] eventLists(
      ResultName result, String resultUid, String annotation, String runUid) {
    String prefix = result + "/records/";
    String annotated = annotation.startsWith(prefix) ? annotation.substring(prefix.length()) : "";
    return new String[] {annotated, derivedName(resultUid, runUid)};
  }

  /**
   * The name that the watcher of Tekton Results gives to the list of a run's events: a UUID of
   * version 3 in the name space of the result's uid.
   */
  static String derivedName(String resultUid, String runUid) {
    if (!UUIDS.matcher(resultUid).matches()) {
      return "";
    }
    UUID space = UUID.fromString(resultUid);
    byte[] name = (runUid + "eventlist").getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(16 + name.length);
    bytes
        .putLong(space.getMostSignificantBits())
        .putLong(space.getLeastSignificantBits())
        .put(name);
    return UUID.nameUUIDFromBytes(bytes.array()).toString();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import com.google.protobuf.Empty;
import io.logbridge.adapter.auth.Caller;
import io.logbridge.adapter.auth.ResultsAccess;
import io.logbridge.adapter.auth.ResultsAccess.Resource;
import io.logbridge.adapter.auth.ResultsAccess.Verb;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.filter.FilterCompiler;
import io.logbridge.adapter.record.LogRecordStore;
import io.logbridge.adapter.record.RecordName;
import io.logbridge.adapter.record.RecordStore;
import io.logbridge.adapter.record.ResultName;
import io.logbridge.adapter.record.Scope;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.Secret;
import io.logbridge.proto.v1alpha2.DeleteLogRequest;
import io.logbridge.proto.v1alpha2.ListRecordsRequest;
import io.logbridge.proto.v1alpha2.ListRecordsResponse;
import io.logbridge.proto.v1alpha2.Log;
import io.logbridge.proto.v1alpha2.LogSummary;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the service {@code Logs} of {@code v1alpha2} does with the records of logs; the logs
 * themselves are streamed elsewhere.
 *
 * <p>Methods block their caller's thread and throw {@link RequestException}. Safe for use by many
 * threads.
 */
public final class LogRecordsService {

  /** What a list says of a log only if it is asked for. */
  private static final List<String> SIZES =
      List.of("records.data.value.status.size", "records.data.value.status.lines");

  private final LogRecordStore logs;
  private final RecordStore records;
  private final ResultsAccess access;
  private final Lines lines;
  private final Sizes sizes;
  private final LogDocuments documents;
  private final long listBytes;
  private final FilterCompiler filters = FilterCompiler.records();

  /** What deleting a log does with its lines. */
  @FunctionalInterface
  public interface Lines {

    /** Leaves them in the store, which has its own retention. */
    Lines KEPT = (_, _) -> {};

    /**
     * Deletes them.
     *
     * @throws RequestException if the run of the log is not known
     * @throws io.logbridge.backend.LogBackendException if the store fails
     */
    void delete(RecordName log, Call call);
  }

  /** How large logs are. */
  @FunctionalInterface
  public interface Sizes {

    /**
     * Asks the store, which may take long.
     *
     * @param caller the token of who asks, if there is one
     * @return in the order of the names; nothing where there is no log that could have a size
     * @throws RequestException if a log is not complete
     * @throws io.logbridge.backend.LogBackendException if the store fails
     */
    List<Optional<Size>> of(List<RecordName> logs, @Nullable Secret caller);
  }

  /** The size of a log, in bytes and in lines. */
  public record Size(long bytes, long lines) {}

  /**
   * @param storeType where logs are, in the words of the configuration: {@code Elasticsearch}
   * @param listBytes {@code server.limits.listSize}
   */
  public LogRecordsService(
      LogRecordStore logs,
      RecordStore records,
      ResultsAccess access,
      Lines lines,
      Sizes sizes,
      String storeType,
      long listBytes) {
    this.logs = logs;
    this.records = records;
    this.access = access;
    this.lines = lines;
    this.sizes = sizes;
    this.listBytes = listBytes;
    this.documents = new LogDocuments(storeType);
  }

  /**
   * The logs of a result: its Log and TaskRunLog records, and for each TaskRun that has none of
   * them a Log that nobody wrote. Their sizes are asked for only if the call names them.
   */
  public ListRecordsResponse listLogs(ListRecordsRequest request, Call call) {
    String parent = request.getParent().strip();
    if (parent.isEmpty()) {
      throw Refusals.invalid("Parent missing");
    }
    ResultName name = resultName(parent);
    Caller caller =
        access.check(call.headers(), Verb.LIST, Resource.LOGS, name.parent(), call.deadline());
    Listing listing = Listing.ofLogs(request, filters);
    Page<RecordStore.Row> page =
        listing.page(
            logs.list(
                Scope.of(name),
                listing.condition(),
                listing.keyset(),
                listing.limit(listBytes),
                call.deadline()),
            RecordStore.Row::uid,
            RecordMessages::sortValue);
    ListRecordsResponse.Builder response =
        ListRecordsResponse.newBuilder().setNextPageToken(page.nextToken());
    boolean sized = SIZES.stream().anyMatch(call::names);
    List<Optional<Size>> measured =
        sized
            ? sizes.of(page.rows().stream().map(RecordStore.Row::name).toList(), caller.token())
            : Collections.nCopies(page.rows().size(), Optional.empty());
    for (int i = 0; i < measured.size(); i++) {
      response.addRecords(
          RecordMessages.log(page.rows().get(i), documents, measured.get(i).orElse(null)));
    }
    return response.build();
  }

  private static ResultName resultName(String parent) {
    try {
      return ResultName.parse(parent);
    } catch (RequestException e) {
      throw new RequestException(Code.INVALID_ARGUMENT, "Invalid Name", e);
    }
  }

  /**
   * Refuses what a client pushes.
   *
   * @param piece the first that it sends
   * @return never
   * @throws RequestException always
   */
  public LogSummary updateLog(Log piece, Call call) {
    RecordName log = RecordName.parseLog(piece.getName());
    access.check(
        call.headers(), Verb.UPDATE, Resource.LOGS, log.result().parent(), call.deadline());
    records.get(log, call.deadline());
    throw new RequestException(
        Code.FAILED_PRECONDITION,
        piece.getName()
            + ": logs cannot be pushed to this server (expected: a forwarder brings them into the"
            + " log store, as logForwarder: External says)");
  }

  /** Deletes the record of a log, after the lines if they are to be deleted. */
  public Empty deleteLog(DeleteLogRequest request, Call call) {
    RecordName log = RecordName.parseLog(request.getName());
    access.check(
        call.headers(), Verb.DELETE, Resource.LOGS, log.result().parent(), call.deadline());
    Deadline deadline = call.deadline();
    String type = records.get(log, deadline).content().type();
    if (!RecordTypes.isLog(type) && !RecordTypes.isTaskRunLog(type)) {
      throw new RequestException(
          Code.FAILED_PRECONDITION,
          "%s is the record of a %s (expected: that of a Log)".formatted(request.getName(), type));
    }
    lines.delete(log, call);
    records.delete(log, deadline);
    return Empty.getDefaultInstance();
  }
}

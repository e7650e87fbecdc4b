// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import com.google.protobuf.Empty;
import io.logbridge.adapter.auth.ResultsAccess;
import io.logbridge.adapter.auth.ResultsAccess.Resource;
import io.logbridge.adapter.auth.ResultsAccess.Verb;
import io.logbridge.adapter.filter.FilterCompiler;
import io.logbridge.adapter.filter.SqlCondition;
import io.logbridge.adapter.record.RecordName;
import io.logbridge.adapter.record.RecordStore;
import io.logbridge.adapter.record.ResultName;
import io.logbridge.adapter.record.ResultStore;
import io.logbridge.adapter.record.Scope;
import io.logbridge.adapter.record.SummaryStore;
import io.logbridge.proto.v1alpha2.CreateRecordRequest;
import io.logbridge.proto.v1alpha2.CreateResultRequest;
import io.logbridge.proto.v1alpha2.DeleteRecordRequest;
import io.logbridge.proto.v1alpha2.DeleteResultRequest;
import io.logbridge.proto.v1alpha2.GetRecordRequest;
import io.logbridge.proto.v1alpha2.GetResultRequest;
import io.logbridge.proto.v1alpha2.ListRecordsRequest;
import io.logbridge.proto.v1alpha2.ListRecordsResponse;
import io.logbridge.proto.v1alpha2.ListResultsRequest;
import io.logbridge.proto.v1alpha2.ListResultsResponse;
import io.logbridge.proto.v1alpha2.Record;
import io.logbridge.proto.v1alpha2.RecordListSummary;
import io.logbridge.proto.v1alpha2.RecordListSummaryRequest;
import io.logbridge.proto.v1alpha2.Result;
import io.logbridge.proto.v1alpha2.UpdateRecordRequest;
import io.logbridge.proto.v1alpha2.UpdateResultRequest;
import java.time.Clock;

/**
 * The service {@code Results}. Each method checks, in this order and as Tekton Results does: names,
 * access, what is there, values; so nobody learns from a refusal what they may not see.
 *
 * <p>Methods block their caller's thread and throw {@link
 * io.logbridge.adapter.error.RequestException}. Safe for use by many threads.
 */
public final class ResultsService {

  private final ResultStore results;
  private final RecordStore records;
  private final SummaryStore summaries;
  private final ResultsAccess access;
  private final RecordData data;
  private final long listBytes;
  private final FilterCompiler resultFilters;
  private final FilterCompiler recordFilters;

  /**
   * Takes a second or two the first time: CEL is loaded, so that no request waits for it.
   *
   * @param storeType where logs are, in the words of the configuration: {@code Elasticsearch}
   * @param listBytes {@code server.limits.listSize}
   * @param clock for filters that speak of {@code now} or {@code yesterday}
   */
  public ResultsService(
      ResultStore results,
      RecordStore records,
      SummaryStore summaries,
      ResultsAccess access,
      String storeType,
      long listBytes,
      Clock clock) {
    this.results = results;
    this.records = records;
    this.summaries = summaries;
    this.access = access;
    this.listBytes = listBytes;
    this.data = new RecordData(new LogDocuments(storeType));
    this.resultFilters = FilterCompiler.results(clock);
    this.recordFilters = FilterCompiler.records(clock);
  }

  public Result createResult(CreateResultRequest request, Call call) {
    ResultName name = Refusals.wrapped(() -> ResultName.parse(request.getResult().getName()));
    Refusals.unlessSameParent(request.getParent(), name.parent());
    check(Verb.CREATE, Resource.RESULTS, name.parent(), call);
    ResultStore.Content content = ResultMessages.content(request.getResult());
    return ResultMessages.message(results.create(name, content, call.deadline()));
  }

  public Result getResult(GetResultRequest request, Call call) {
    ResultName name = Refusals.wrapped(() -> ResultName.parse(request.getName()));
    check(Verb.GET, Resource.RESULTS, name.parent(), call);
    return ResultMessages.message(results.get(name, call.deadline()));
  }

  /** Replaces annotations and summary. The name is that of the request, not of its result. */
  public Result updateResult(UpdateResultRequest request, Call call) {
    ResultName name = Refusals.wrapped(() -> ResultName.parse(request.getName()));
    check(Verb.UPDATE, Resource.RESULTS, name.parent(), call);
    return ResultMessages.message(
        Refusals.withNotFound(
            "failed to find a result: rpc error: code = NotFound desc = record not found",
            () ->
                results.update(
                    name,
                    old -> {
                      Refusals.unlessEtag(request.getEtag(), old.etag());
                      return ResultMessages.content(request.getResult());
                    },
                    call.deadline())));
  }

  public Empty deleteResult(DeleteResultRequest request, Call call) {
    ResultName name = ResultName.parse(request.getName());
    check(Verb.DELETE, Resource.RESULTS, name.parent(), call);
    results.delete(name, call.deadline());
    return Empty.getDefaultInstance();
  }

  /** The results of a parent, which is not looked at closer: an unknown one has none. */
  public ListResultsResponse listResults(ListResultsRequest request, Call call) {
    String parent = request.getParent().strip();
    Refusals.unlessParent(parent);
    check(Verb.LIST, Resource.RESULTS, parent, call);
    Listing listing = Listing.ofResults(request, resultFilters);
    Page<ResultStore.Row> page =
        listing.page(
            results.list(
                Scope.of(parent),
                listing.condition(),
                listing.keyset(),
                listing.limit(listBytes),
                call.deadline()),
            ResultStore.Row::uid,
            ResultMessages::sortValue);
    ListResultsResponse.Builder response =
        ListResultsResponse.newBuilder().setNextPageToken(page.nextToken());
    page.rows().forEach(row -> response.addResults(ResultMessages.message(row)));
    return response.build();
  }

  public Record createRecord(CreateRecordRequest request, Call call) {
    RecordName name = RecordName.parse(request.getRecord().getName());
    Refusals.unlessSameParent(request.getParent(), name.result().toString());
    check(Verb.CREATE, Resource.RECORDS, name.result().parent(), call);
    String resultUid = results.get(name.result(), call.deadline()).uid();
    RecordStore.Content content = data.content(request.getRecord());
    return RecordMessages.message(records.create(name, resultUid, content, call.deadline()));
  }

  public Record getRecord(GetRecordRequest request, Call call) {
    RecordName name = RecordName.parse(request.getName());
    check(Verb.GET, Resource.RECORDS, name.result().parent(), call);
    return RecordMessages.message(records.get(name, call.deadline()));
  }

  /** Replaces type and value of the data, each if it is given. The update mask is not looked at. */
  public Record updateRecord(UpdateRecordRequest request, Call call) {
    RecordName name = RecordName.parse(request.getRecord().getName());
    check(Verb.UPDATE, Resource.RECORDS, name.result().parent(), call);
    return RecordMessages.message(
        records.update(
            name,
            old -> {
              Refusals.unlessEtag(request.getEtag(), old.etag());
              return data.merged(old.content(), request.getRecord());
            },
            call.deadline()));
  }

  public Empty deleteRecord(DeleteRecordRequest request, Call call) {
    RecordName name = RecordName.parse(request.getName());
    check(Verb.DELETE, Resource.RECORDS, name.result().parent(), call);
    records.delete(name, call.deadline());
    return Empty.getDefaultInstance();
  }

  /** The records of a result, which need not exist; either segment of its name may be {@code -}. */
  public ListRecordsResponse listRecords(ListRecordsRequest request, Call call) {
    String parent = request.getParent().strip();
    Refusals.unlessParent(parent);
    ResultName name = ResultName.parse(parent);
    check(Verb.LIST, Resource.RECORDS, name.parent(), call);
    Listing listing = Listing.ofRecords(request, recordFilters);
    Page<RecordStore.Row> page =
        listing.page(
            records.list(
                Scope.of(name),
                listing.condition(),
                listing.keyset(),
                listing.limit(listBytes),
                call.deadline()),
            RecordStore.Row::uid,
            RecordMessages::sortValue);
    ListRecordsResponse.Builder response =
        ListRecordsResponse.newBuilder().setNextPageToken(page.nextToken());
    page.rows().forEach(row -> response.addRecords(RecordMessages.message(row)));
    return response.build();
  }

  /** Counts the records of a result, of which either segment may be {@code -}. */
  public RecordListSummary getRecordListSummary(RecordListSummaryRequest request, Call call) {
    String parent = request.getParent().strip();
    Refusals.unlessParent(parent);
    ResultName name = ResultName.parse(parent);
    check(Verb.GET, Resource.RECORDS, name.parent(), call);
    SummaryStore.Query query = Summaries.query(request);
    SqlCondition filter = recordFilters.compile(request.getFilter().strip());
    return Summaries.message(summaries.summarize(Scope.of(name), filter, query, call.deadline()));
  }

  private void check(Verb verb, Resource resource, String parent, Call call) {
    access.check(call.headers(), verb, resource, parent, call.deadline());
  }
}

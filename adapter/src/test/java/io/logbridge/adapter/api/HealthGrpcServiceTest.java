// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.stub.StreamObserver;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.TestDatabase;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class HealthGrpcServiceTest {

  private final Database database = Database.open(TestDatabase.empty(true));

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'',V1ALPHA3,SERVING",
    "tekton.results.v1alpha2.Results,V1ALPHA3,SERVING",
    "tekton.results.v1alpha3.Logs,V1ALPHA3,SERVING",
    "tekton.results.v1alpha2.Logs,V1ALPHA3,NOT_FOUND",
    "tekton.results.v1alpha2.Logs,BOTH,SERVING",
    "tekton.results.v1alpha2.Results,NONE,SERVING",
    "tekton.results.v1alpha3.Logs,NONE,NOT_FOUND",
    "x,BOTH,NOT_FOUND",
  })
  void services_areServingOrUnknown(String service, ListedLogs listed, String outcome)
      throws InterruptedException {
    assertThat(check(new HealthGrpcService(database, listed), service)).isEqualTo(outcome);
  }

  @Test
  void withoutItsDatabase_nothingIsServing() throws InterruptedException {
    HealthGrpcService health = new HealthGrpcService(database, ListedLogs.V1ALPHA3);
    database.close();

    assertThat(check(health, "")).isEqualTo("NOT_SERVING");
    assertThat(check(health, "tekton.results.v1alpha2.Results")).isEqualTo("NOT_SERVING");
    assertThat(check(health, "x")).isEqualTo("NOT_FOUND");
  }

  @Test
  void aWatcher_hearsOfEachChangeUntilItLeaves() throws InterruptedException {
    HealthGrpcService health = new HealthGrpcService(database, ListedLogs.V1ALPHA3);
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    Context.CancellableContext call = Context.current().withCancellation();
    Thread watching =
        Thread.ofVirtual().start(call.wrap(() -> health.watch(request(""), new Outcomes(heard))));

    assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("SERVING");
    database.close();
    assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("NOT_SERVING");
    call.cancel(null);
    watching.join();
    assertThat(heard).isEmpty();
  }

  private static String check(HealthGrpcService health, String service)
      throws InterruptedException {
    BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
    health.check(request(service), new Outcomes(outcomes));
    return outcomes.take();
  }

  private static HealthCheckRequest request(String service) {
    return HealthCheckRequest.newBuilder().setService(service).build();
  }

  private record Outcomes(BlockingQueue<String> queue)
      implements StreamObserver<HealthCheckResponse> {

    @Override
    public void onNext(HealthCheckResponse response) {
      ServingStatus status = response.getStatus();
      queue.add(status.name());
    }

    @Override
    public void onError(Throwable e) {
      queue.add(Status.fromThrowable(e).getCode().name());
    }

    @Override
    public void onCompleted() {}
  }
}

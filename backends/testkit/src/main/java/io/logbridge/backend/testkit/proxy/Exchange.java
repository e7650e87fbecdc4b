// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;

/** One request and what is answered to it. */
final class Exchange {

  private final Socket socket;
  private final StoreClient store;
  private final Watch watch;
  private final HttpWire.Request request;
  private final AtomicBoolean settled = new AtomicBoolean();

  Exchange(Socket socket, StoreClient store, Watch watch, HttpWire.Request request) {
    this.socket = socket;
    this.store = store;
    this.watch = watch;
    this.request = request;
    watch.note(Watch.Counts::request);
  }

  /** The client has gone; whether it went before it had its answer. */
  boolean abort() {
    if (!settled.compareAndSet(false, true)) {
      return false;
    }
    watch.note(counts -> counts.answered().abort());
    return true;
  }

  /** Answers, or does the fault that is planned; a connection that breaks is closed. */
  void answer(FaultPlan plan) {
    Fault fault = plan.faultFor(request.head());
    try {
      if (fault == null) {
        send(store.send(request));
        return;
      }
      watch.note(Watch.Counts::fault);
      switch (fault) {
        case Fault.Answer(var answer) -> send(answer);
        case Fault.Rewrite(var change) -> send(change.apply(store.send(request)));
        case Fault.Break how -> breakOff(how, plan);
      }
    } catch (IOException _) {
      // Only the client's side throws: it has gone, and may have been noticed here first.
      abort();
      closeQuietly();
    } catch (InterruptedException _) {
      closeQuietly();
    }
  }

  private void breakOff(Fault.Break how, FaultPlan plan) throws IOException, InterruptedException {
    switch (how) {
      case RESET -> reset();
      case HANG_UP -> hangUp();
      case RESET_IN_BODY -> {
        sendHalf(store.send(request));
        reset();
      }
      case HANG_UP_IN_BODY -> {
        sendHalf(store.send(request));
        hangUp();
      }
      case STALL -> {
        plan.awaitHealed();
        send(store.send(request));
      }
      case STALL_IN_BODY -> {
        HttpAnswer answer = store.send(request);
        int sent = sendHalf(answer);
        plan.awaitHealed();
        settle();
        byte[] body = answer.body();
        write(body, sent, body.length - sent);
      }
    }
  }

  private void send(HttpAnswer answer) throws IOException {
    // Before the bytes: a client may close as soon as it has them, and that is no abort.
    settle();
    byte[] body = answer.body();
    socket.getOutputStream().write(HttpWire.head(answer, body.length));
    write(body, 0, body.length);
  }

  private int sendHalf(HttpAnswer answer) throws IOException {
    byte[] body = answer.body();
    int half = body.length / 2;
    socket.getOutputStream().write(HttpWire.head(answer, body.length));
    write(body, 0, half);
    return half;
  }

  private void write(byte[] body, int from, int length) throws IOException {
    // Before they are sent, so that whoever has read them also finds them counted.
    watch.note(counts -> counts.sent(length));
    OutputStream out = socket.getOutputStream();
    out.write(body, from, length);
    out.flush();
  }

  /** A close that throws away what is unsent is seen as a reset by the other side. */
  private void reset() throws IOException {
    settle();
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private void hangUp() throws IOException {
    settle();
    socket.close();
  }

  private void settle() {
    if (settled.compareAndSet(false, true)) {
      watch.note(Watch.Counts::answered);
    }
  }

  private void closeQuietly() {
    try {
      socket.close();
    } catch (IOException _) {
      // Closed is closed.
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
/**
 * What backends need that speak HTTP themselves, without a client library of their store.
 *
 * <p>{@link io.logbridge.backend.http.StoreHttp} exchanges {@link
 * io.logbridge.backend.http.StoreRequest requests}: the answer is read as a stream by the thread
 * that asked, is bounded in size, and ends at its deadline or when the thread is interrupted; the
 * connection is closed then, upon which the store stops working on it. {@link
 * io.logbridge.backend.http.Connection} holds address, credentials and TLS of one backend, read
 * from its settings; nothing is set for the whole process.
 */
@NullMarked
package io.logbridge.backend.http;

import org.jspecify.annotations.NullMarked;

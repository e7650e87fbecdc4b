/**
 * What the services {@code Results} and {@code Logs} do with records: from request message to
 * response message, without transport. gRPC and REST are sinks over it.
 */
@NullMarked
package io.logbridge.adapter.results;

import org.jspecify.annotations.NullMarked;

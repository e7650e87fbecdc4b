/**
 * The one interface between the server and the log stores.
 *
 * <p>A {@link io.logbridge.backend.LogBackendProvider} is found through {@link
 * java.util.ServiceLoader} and makes a {@link io.logbridge.backend.LogBackend} from settings. A
 * backend opens one {@link io.logbridge.backend.LogReader} per container and window; the reader
 * hands out {@link io.logbridge.backend.LogPage pages} of {@link io.logbridge.backend.LogEntry
 * entries} in order. Nothing here knows of gRPC, of an HTTP server or of SQL.
 *
 * <p>Everything blocks, and everything that blocks ends promptly when its thread is interrupted and
 * no later than its {@link io.logbridge.backend.Deadline}. A call that cannot do what it promises
 * throws {@link io.logbridge.backend.LogBackendException}; there is no other way to fail.
 */
@NullMarked
package io.logbridge.backend;

import org.jspecify.annotations.NullMarked;

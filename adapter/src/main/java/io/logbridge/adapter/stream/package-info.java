/**
 * The use case: the log of a run, from its record to the bytes that a client gets. Knows pages and
 * lines; knows nothing of gRPC, HTTP or SQL.
 */
@NullMarked
package io.logbridge.adapter.stream;

import org.jspecify.annotations.NullMarked;

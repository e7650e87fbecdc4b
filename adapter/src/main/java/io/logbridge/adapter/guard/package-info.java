/**
 * Stands between the server and a log store: limits how many requests run at once and what their
 * pages take, stops asking a store that fails, and repeats reads that may succeed the second time.
 */
@NullMarked
package io.logbridge.adapter.guard;

import org.jspecify.annotations.NullMarked;

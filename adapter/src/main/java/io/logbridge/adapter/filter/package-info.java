/** Filters: CEL in, a condition of SQL with parameters out. */
@NullMarked
package io.logbridge.adapter.filter;

import org.jspecify.annotations.NullMarked;

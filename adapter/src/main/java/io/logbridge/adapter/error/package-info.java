/** What can be wrong with a request, before any log store is asked. */
@NullMarked
package io.logbridge.adapter.error;

import org.jspecify.annotations.NullMarked;

/** The archived runs: rows of Tekton Results' tables, and what they say about pods. */
@NullMarked
package io.logbridge.adapter.record;

import org.jspecify.annotations.NullMarked;

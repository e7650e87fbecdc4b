/** The Logbridge server: the composition root and its command line. */
@NullMarked
package io.logbridge.adapter;

import org.jspecify.annotations.NullMarked;

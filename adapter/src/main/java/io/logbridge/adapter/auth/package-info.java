/** Who asks, and whether they may. Knows neither wire nor database. */
@NullMarked
package io.logbridge.adapter.auth;

import org.jspecify.annotations.NullMarked;

/** The configuration file and the environment, read strictly into values. */
@NullMarked
package io.logbridge.adapter.config;

import org.jspecify.annotations.NullMarked;

/**
 * Container logs in Splunk.
 *
 * <p>A {@link io.logbridge.backend.splunk.WindowReader} asks for windows of time that the store
 * itself cuts, each as one {@link io.logbridge.backend.splunk.Search} that is streamed to its end
 * or fails, and puts their events in order. Nothing is held in Splunk between two pages.
 */
@NullMarked
package io.logbridge.backend.splunk;

import org.jspecify.annotations.NullMarked;

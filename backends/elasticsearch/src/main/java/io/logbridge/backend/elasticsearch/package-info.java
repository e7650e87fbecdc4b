/**
 * Container logs from Elasticsearch 8.19 and 9.x.
 *
 * <p>{@link io.logbridge.backend.elasticsearch.ElasticsearchBackendProvider} makes the backend from
 * settings. A reader asks {@code FieldCapabilities} how the index maps the shipper's fields, opens
 * a point in time, and pages through it with {@code search_after}: {@code SearchRequestBody} writes
 * the request, {@code StoreClient} exchanges it, {@code SearchResponseParser} reads the answer as a
 * stream, {@code ReorderBuffer} puts lines of one millisecond in the order of their nanoseconds.
 */
@NullMarked
package io.logbridge.backend.elasticsearch;

import org.jspecify.annotations.NullMarked;

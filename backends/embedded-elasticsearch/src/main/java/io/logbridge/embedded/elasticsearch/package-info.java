// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
/**
 * A real Elasticsearch, from Elastic's own build of its server, for tests, the demo and benchmarks.
 *
 * <p>{@link io.logbridge.embedded.elasticsearch.EmbeddedElasticsearch#start} forks a JVM with one
 * node; no container engine is needed. The server is unpacked below this module's {@code target/}
 * when the module is built, and is found there: it is in no jar of ours.
 *
 * <p>The build is {@code org.elasticsearch.distribution.integ-test-zip} of Maven Central. It has
 * points in time, {@code search_after}, {@code date_nanos}, templates, data streams that the first
 * document creates, {@code logsdb} and security. It lacks {@code GET /}, {@code _delete_by_query},
 * scripts, ingest pipelines, ES|QL, index lifecycle, the field types {@code match_only_text} and
 * {@code wildcard}, and API keys.
 */
@NullMarked
package io.logbridge.embedded.elasticsearch;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to be read for a call, known before the log store is asked.
 *
 * @param parts the containers, in the order in which their logs are written
 * @param options what the caller wants of them
 * @param prefixed whether lines begin with their part's label
 * @param settled whether everything that the run wrote must have reached the store by now
 * @param missing what the log will lack although all parts are read; {@code null} for nothing. The
 *     call ends with this as its error
 * @param unconfirmed names that the caller asked for and that the record does not know: an error if
 *     the store does not know them either; {@code null} for none
 */
public record LogPlan(
    List<ContainerLog> parts,
    LogOptions options,
    boolean prefixed,
    boolean settled,
    @Nullable String missing,
    @Nullable String unconfirmed) {}

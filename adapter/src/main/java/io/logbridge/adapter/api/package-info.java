/** The wire: gRPC and REST in, gRPC and REST out. No logic beyond reading and writing them. */
@NullMarked
package io.logbridge.adapter.api;

import org.jspecify.annotations.NullMarked;

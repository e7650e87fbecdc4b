/**
 * HTTP and JSON to protobuf messages and back, by the {@code google.api.http} rules of a service
 * and as grpc-gateway does it. Knows no service in particular and no server.
 *
 * @see <a href="https://github.com/googleapis/googleapis/blob/master/google/api/http.proto">HTTP
 *     and gRPC transcoding</a>
 */
@NullMarked
package io.logbridge.adapter.transcode;

import org.jspecify.annotations.NullMarked;

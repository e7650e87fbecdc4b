/**
 * The layer that makes Helidon 4.5.0's HTTP/2 and gRPC server fit for long streams. It knows
 * nothing of logs, records or identity.
 *
 * <p>{@link io.logbridge.adapter.transport.GrpcTransport} is the way in. It puts four things around
 * Helidon, all through public interfaces:
 *
 * <ul>
 *   <li>{@code InboundFrames} sees every frame before Helidon does: a second RST_STREAM is dropped,
 *       a reset or a lost connection is fanned out to the stream it concerns, a flood of resets
 *       ends the connection.
 *   <li>{@code OutboundFrames} sees every frame that Helidon writes, counts what the connection may
 *       still send, and knows when a stream has ended. It writes an answer of one message at once.
 *   <li>{@code ConnectionWindow} hands out the connection's window to one writer at a time, first
 *       come first served; gRPC writes pass it in {@code GatedStreamWriter}, REST bodies in {@code
 *       GatedOutputStream}.
 *   <li>{@code CallBoundary}, outside of all gRPC interceptors but those that only look on, gives
 *       each call exactly one end, a deadline and a cancellable {@link io.grpc.Context}.
 * </ul>
 *
 * <p>The defects cured here, by the names used in code and tests. "Gone with" names what in Helidon
 * would let the cure go; all were met with 4.5.0.
 *
 * <table>
 *   <caption>Defects of helidon-webserver-http2 and -grpc 4.5.0</caption>
 *   <tr><th>id</th><th>defect</th><th>cure</th><th>gone with</th></tr>
 *   <tr><td>D1</td><td>RST_STREAM for a finished stream ends the connection</td>
 *       <td>Http2Streams</td><td>a lookup of closed streams in Http2Connection.stream; none yet</td></tr>
 *   <tr><td>D2</td><td>every gRPC cancel counts as a rapid reset, 50 in 10 s end the connection</td>
 *       <td>ResetBudget</td><td>a write state that sub-protocols advance; none yet</td></tr>
 *   <tr><td>D3</td><td>streams overdraw the connection window</td>
 *       <td>ConnectionWindow</td><td>the lock in Http2ConnectionWriter.splitAndWrite (27.x)</td></tr>
 *   <tr><td>D4</td><td>an exception in a handler sends no status</td>
 *       <td>CallBoundary</td><td>27.x</td></tr>
 *   <tr><td>D5</td><td>a blocked writer is not woken by cancel or disconnect</td>
 *       <td>StreamGate</td><td>none yet</td></tr>
 *   <tr><td>D6</td><td>a reader that stalls gets no status</td>
 *       <td>ConnectionWindow, GuardedCall</td><td>none yet</td></tr>
 *   <tr><td>D7</td><td>a lost connection is not reported</td>
 *       <td>Http2Streams</td><td>none yet</td></tr>
 *   <tr><td>D8</td><td>grpc-timeout is ignored, the Context is never cancelled</td>
 *       <td>CallBoundary</td><td>helidon-io/helidon issue 11698</td></tr>
 *   <tr><td>D9</td><td>the idle timer ends connections with quiet streams</td>
 *       <td>StreamingConnection</td><td>none yet</td></tr>
 *   <tr><td>D10</td><td>grpc-message is not percent-encoded</td>
 *       <td>StatusTrailers</td><td>none yet</td></tr>
 *   <tr><td>D11</td><td>trailers over 16 KiB, or with one header over 4 KiB, wedge the connection; a
 *       header whose Huffman code is longer than its text is not sent at all</td>
 *       <td>StatusTrailers, Huffman</td><td>4.5.1, commit 54b9d3527a, for the 16 KiB; none yet for
 *       the rest</td></tr>
 *   <tr><td>D12</td><td>a request that is too large, compressed or unreadable gets no fit status</td>
 *       <td>RequestPrefixes, GrpcStream</td><td>none yet</td></tr>
 *   <tr><td>D13</td><td>an unknown method is an HTTP 404</td>
 *       <td>GatedStreamWriter</td><td>none yet</td></tr>
 *   <tr><td>D14</td><td>the server sends no keepalive PING</td>
 *       <td>not cured: a peer that vanishes without a FIN is found out by a write, by the stall limit
 *       or by TCP keepalive, which is on</td>
 *       <td>none yet</td></tr>
 *   <tr><td>D15</td><td>a request header that asks to be indexed and is larger than the HPACK table
 *       keeps the connection's thread busy for ever; anyone can send one</td>
 *       <td>HeaderBlocks</td><td>an exit in DynamicTable.add; none yet</td></tr>
 * </table>
 *
 * <p>Two more, met on the way: a connection that is being stopped was cut at the next frame its
 * peer sent, in-flight streams or not (cure: {@code StreamingConnection} closes when the last
 * stream has ended); and a call that an interceptor rejected before its request arrived was
 * forgotten too early, so that the request then ended the connection (cure: {@code GuardedCall}
 * keeps the end back until Helidon has a listener).
 *
 * <p>Two limits. HTTP/1.1's {@code Upgrade: h2c} is off, since Helidon would serve it beside this
 * layer; clear-text HTTP/2 needs prior knowledge, as gRPC uses. And {@code ServerResponse.sink}
 * bypasses the stream filter that REST bodies are gated with: use {@code send} or {@code
 * outputStream}. Nor does a filter see REST response headers: one over 4 KiB wedges its connection
 * (D11).
 */
@NullMarked
package io.logbridge.adapter.transport;

import org.jspecify.annotations.NullMarked;

/**
 * Partial answers: of a message only the fields that the caller named, down into JSON documents
 * that it holds. Knows messages, but neither gRPC nor HTTP.
 */
@NullMarked
package io.logbridge.adapter.fieldmask;

import org.jspecify.annotations.NullMarked;

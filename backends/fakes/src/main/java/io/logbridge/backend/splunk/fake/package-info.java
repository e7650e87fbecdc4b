/**
 * As much of Splunk as reading container logs touches, with the semantics that its documentation
 * and its SDKs describe: the search language is parsed, results come newest first and equal times
 * in any order, and what Splunk refuses is refused.
 */
@NullMarked
package io.logbridge.backend.splunk.fake;

import org.jspecify.annotations.NullMarked;

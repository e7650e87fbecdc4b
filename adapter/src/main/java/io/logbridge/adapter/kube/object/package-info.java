/**
 * Archived objects as the API of Kubernetes would show them: runs as they were, pods made from what
 * TaskRuns say of them. Without HTTP, and without SQL.
 */
@NullMarked
package io.logbridge.adapter.kube.object;

import org.jspecify.annotations.NullMarked;

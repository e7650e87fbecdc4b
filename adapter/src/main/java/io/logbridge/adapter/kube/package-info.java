/** The read-only part of the Kubernetes API that kubectl and tkn need, over archived runs. */
@NullMarked
package io.logbridge.adapter.kube;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import java.util.Arrays;
import java.util.List;

/**
 * The API group that is ours, in which a cluster can have what is archived beside what it has
 * itself: the same objects under another group and version.
 */
public final class ArchiveApi {

  public static final String GROUP = "archive.logbridge.io";
  public static final String VERSION = "v1alpha1";

  /** As objects have it. */
  public static final String API_VERSION = GROUP + "/" + VERSION;

  /** What is in it; namespaces are the cluster's own. */
  public static final List<KubeResource> RESOURCES =
      Arrays.stream(KubeResource.values()).filter(KubeResource::namespaced).toList();

  private ArchiveApi() {}
}

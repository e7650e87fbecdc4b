// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

/** The form in which a client wants objects, as it says in the header {@code Accept}. */
public sealed interface Presentation {

  /** Objects as they are. */
  Presentation OBJECTS = new Objects();

  /** Objects as they are. */
  record Objects() implements Presentation {}

  /**
   * {@code PartialObjectMetadata}: who they are, and nothing else.
   *
   * @param version of {@code meta.k8s.io}: {@code v1}, {@code v1beta1}
   */
  record Metadata(String version) implements Presentation {}

  /**
   * {@code Table}: lines for people to read.
   *
   * @param version of {@code meta.k8s.io}: {@code v1}, {@code v1beta1}
   * @param include what of the object itself goes with its line
   */
  record Table(String version, Include include) implements Presentation {}

  /**
   * The same under another group and version than the objects' own.
   *
   * @param apiVersion which: {@code archive.logbridge.io/v1alpha1}
   */
  record Renamed(Presentation as, String apiVersion) implements Presentation {}

  /** The query parameter {@code includeObject}. */
  enum Include {
    NONE,
    METADATA,
    OBJECT,
  }
}

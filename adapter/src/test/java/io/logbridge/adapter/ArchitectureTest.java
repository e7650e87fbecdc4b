// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** The arrows between modules and packages, which point one way. */
@AnalyzeClasses(packages = "io.logbridge", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesOfTheServerPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.logbridge.adapter..")
          .layer("main")
          .definedBy("io.logbridge.adapter")
          .layer("config")
          .definedBy("io.logbridge.adapter.config..")
          .layer("api")
          .definedBy("io.logbridge.adapter.api..")
          .layer("kube")
          .definedBy("io.logbridge.adapter.kube..")
          .layer("transport")
          .definedBy("io.logbridge.adapter.transport..")
          .layer("results")
          .definedBy("io.logbridge.adapter.results..")
          .layer("check")
          .definedBy("io.logbridge.adapter.check..")
          .layer("stream")
          .definedBy("io.logbridge.adapter.stream..")
          .layer("record")
          .definedBy("io.logbridge.adapter.record..")
          .layer("filter")
          .definedBy("io.logbridge.adapter.filter..")
          .layer("guard")
          .definedBy("io.logbridge.adapter.guard..")
          .layer("auth")
          .definedBy("io.logbridge.adapter.auth..")
          .layer("reader")
          .definedBy("io.logbridge.adapter.reader..")
          .layer("tls")
          .definedBy("io.logbridge.adapter.tls..")
          .layer("error")
          .definedBy("io.logbridge.adapter.error..")
          .layer("transcode")
          .definedBy("io.logbridge.adapter.transcode..")
          .layer("fieldmask")
          .definedBy("io.logbridge.adapter.fieldmask..")
          .layer("trace")
          .definedBy("io.logbridge.adapter.trace..")
          .layer("json")
          .definedBy("io.logbridge.adapter.json..")
          .whereLayer("main")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("reader")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("config")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("api")
          .mayOnlyBeAccessedByLayers("main", "kube")
          .whereLayer("kube")
          .mayOnlyBeAccessedByLayers("main", "config")
          .whereLayer("transport")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("results")
          .mayOnlyBeAccessedByLayers("main", "api")
          .whereLayer("check")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("transcode")
          .mayOnlyBeAccessedByLayers("main", "api", "kube")
          .whereLayer("fieldmask")
          .mayOnlyBeAccessedByLayers("api", "results")
          .whereLayer("json")
          .mayOnlyBeAccessedByLayers("results", "kube", "record", "transcode", "fieldmask")
          .whereLayer("trace")
          .mayOnlyBeAccessedByLayers("main", "api", "record", "guard", "auth")
          .whereLayer("stream")
          .mayOnlyBeAccessedByLayers("main", "config", "api", "kube", "check")
          .whereLayer("record")
          .mayOnlyBeAccessedByLayers("main", "config", "api", "results", "kube", "check", "stream")
          .whereLayer("filter")
          .mayOnlyBeAccessedByLayers("main", "results", "record")
          .whereLayer("guard")
          .mayOnlyBeAccessedByLayers("main", "config", "api")
          .whereLayer("tls")
          .mayOnlyBeAccessedByLayers("main", "config")
          .whereLayer("auth")
          .mayOnlyBeAccessedByLayers("main", "config", "api", "results", "kube");

  @ArchTest
  static final ArchRule theGateKnowsNeitherWireNorDatabase =
      noClasses()
          .that()
          .resideInAPackage("io.logbridge.adapter.auth..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "io.helidon.webserver..", "io.logbridge.proto..")
          .orShould()
          .dependOnClassesThat(
              are(
                  resideInAnyPackage("io.logbridge.adapter..")
                      .and(
                          JavaClass.Predicates.resideOutsideOfPackages(
                              "io.logbridge.adapter.auth..",
                              "io.logbridge.adapter.error..",
                              "io.logbridge.adapter.trace.."))));

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      SlicesRuleDefinition.slices().matching("io.logbridge.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule backendsKnowTheSpiOnly =
      noClasses()
          .that()
          .resideInAnyPackage("io.logbridge.backend..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.logbridge.adapter..",
              "io.logbridge.proto..",
              "io.grpc..",
              "io.helidon.webserver..",
              "java.sql..");

  @ArchTest
  static final ArchRule theSpiKnowsNoStore =
      noClasses()
          .that()
          .resideInAPackage("io.logbridge.backend")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.logbridge.backend.(*)..", "co.elastic..", "java.net.http..");

  @ArchTest
  static final ArchRule theServerKnowsNoStore =
      noClasses()
          .that()
          .resideInAPackage("io.logbridge.adapter..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.logbridge.backend.(*)..", "co.elastic..");

  @ArchTest
  static final ArchRule theUseCaseKnowsNoWire =
      noClasses()
          .that()
          .resideInAnyPackage("io.logbridge.adapter.stream..", "io.logbridge.adapter.record..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "io.helidon.webserver..", "io.logbridge.proto..");

  @ArchTest
  static final ArchRule theServiceOfRecordsKnowsNoTransport =
      noClasses()
          .that()
          .resideInAPackage("io.logbridge.adapter.results..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "io.helidon.webserver..");

  @ArchTest
  static final ArchRule archivedObjectsKnowNoWire =
      noClasses()
          .that()
          .resideInAPackage("io.logbridge.adapter.kube.object..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "io.helidon..", "io.logbridge.proto..");

  @ArchTest
  static final ArchRule transcodingKnowsNoServer =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.logbridge.adapter.transcode..", "io.logbridge.adapter.fieldmask..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "io.helidon..", "io.logbridge.proto..");

  @ArchTest
  static final ArchRule sqlStaysInItsPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.logbridge.adapter.record..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..");

  @ArchTest
  static final ArchRule transportKnowsNothingOfLogs =
      noClasses()
          .that()
          .resideInAPackage("io.logbridge.adapter.transport..")
          .should()
          .dependOnClassesThat(
              are(
                  resideInAnyPackage("io.logbridge..")
                      .and(
                          JavaClass.Predicates.resideOutsideOfPackage(
                              "io.logbridge.adapter.transport.."))));

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses()
          .that()
          .resideInAPackage("io.logbridge..")
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", java.time.Duration.class)
          .because("waits have something that they wait for");

  @ArchTest
  static final ArchRule nobodyPrints =
      noClasses()
          .that()
          .resideInAnyPackage("io.logbridge.adapter..", "io.logbridge.backend..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule backendsHaveNoLogger =
      noClasses()
          .that()
          .resideInAPackage("io.logbridge.backend..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.System$Logger")
          .because("they throw; whoever catches logs");

  @ArchTest
  static final ArchRule statusesAreChosenInOnePlace =
      noClasses()
          .that()
          .doNotHaveSimpleName("StatusMapper")
          .and()
          .resideInAPackage("io.logbridge..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("com.google.rpc.RetryInfo");
}

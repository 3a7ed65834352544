package dev.troupe.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules of the house that need to see all modules at once. */
@AnalyzeClasses(packages = "dev.troupe")
final class HouseTest {
  @ArchTest
  static final ArchRule nodesNeverImportEachOther =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("cli")
          .definedBy("dev.troupe.cli..")
          .layer("seed")
          .definedBy("dev.troupe.seed..")
          .layer("service")
          .definedBy("dev.troupe.service..")
          .layer("gateway")
          .definedBy("dev.troupe.gateway..")
          .layer("node")
          .definedBy("dev.troupe.node..")
          .layer("protocol")
          .definedBy("dev.troupe.protocol..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("seed")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("service")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("gateway")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("node")
          .mayOnlyBeAccessedByLayers("seed", "service", "gateway");

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("dev.troupe.(*).(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule whatCrossesAProcessBoundaryIsInProtocol =
      classes()
          .that()
          .implement("dev.troupe.protocol.WireMessage")
          .should()
          .resideInAPackage("dev.troupe.protocol..");

  @ArchTest
  static final ArchRule jdbcStaysWhereServicesLive =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.troupe.service..", "dev.troupe.examples..", "dev.troupe.it..")
          .and()
          .doNotHaveFullyQualifiedName("dev.troupe.protocol.service.Storage")
          .and()
          .haveNameNotMatching("dev\\.troupe\\.protocol\\.service\\.Storage\\$.*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.sql..");

  @ArchTest
  static final ArchRule javaSerializationIsNotUsed =
      noClasses()
          .that()
          .resideInAPackage("dev.troupe..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.ObjectOutputStream")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.ObjectInputStream");
}

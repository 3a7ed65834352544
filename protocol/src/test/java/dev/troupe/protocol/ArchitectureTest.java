package dev.troupe.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.troupe.protocol",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("dev.troupe.protocol.(*)..").should().beFreeOfCycles();

  // The launcher uses these, and must start at once: it never loads Pekko.
  @ArchTest
  static final ArchRule whatTheLauncherUsesKnowsNoPekko =
      noClasses()
          .that()
          .resideInAnyPackage("..settings..", "..control..", "..json..")
          .should()
          .transitivelyDependOnClassesThat()
          .resideInAnyPackage("org.apache.pekko..", "scala..");

  @ArchTest
  static final ArchRule wireTypesAreImmutable =
      classes().that().implement(WireMessage.class).should().beRecords();
}

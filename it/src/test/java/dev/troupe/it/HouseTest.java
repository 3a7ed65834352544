package dev.troupe.it;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.io.File;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;

/** The rules of the house that need to see all modules at once. */
@AnalyzeClasses(packages = "dev.troupe", importOptions = ImportOption.DoNotIncludeTests.class)
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
          .layer("testkit")
          .definedBy("dev.troupe.testkit..")
          .whereLayer("testkit")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("seed")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("service")
          .mayOnlyBeAccessedByLayers("testkit")
          .whereLayer("gateway")
          .mayOnlyBeAccessedByLayers("testkit")
          .whereLayer("node")
          .mayOnlyBeAccessedByLayers("seed", "service", "gateway", "testkit");

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
              "dev.troupe.service..",
              "dev.troupe.examples..",
              "dev.troupe.it..",
              "dev.troupe.protocol.service")
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

  @ArchTest
  static final ArchRule actorsReadNoFilesAndNoProcesses =
      noClasses()
          .that(areActors())
          .should()
          .callMethodWhere(target(owner(assignableTo(Files.class))))
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(File.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(FileChannel.class)
          .orShould()
          .callMethodWhere(target(asksTheKernelOfAProcess()))
          .because("an actor that waits for a disk holds up its dispatcher");

  @ArchTest
  static final ArchRule typesHaveNamesOfTheirOwn =
      classes()
          .that()
          .areTopLevelClasses()
          .and()
          // Migrations of the same version for each engine, whose names Flyway gives.
          .haveNameNotMatching(".*\\.(package-info|V[0-9]+__.*)")
          .should(haveASimpleNameThatNoOtherHas());

  @ArchTest
  static final ArchRule everySettingIsRead =
      classes()
          .that()
          .resideInAPackage("dev.troupe.protocol.settings")
          .and()
          .areRecords()
          .and()
          .haveSimpleNameEndingWith("Settings")
          .should(haveEachComponentReadByAnotherClass());

  private static DescribedPredicate<AccessTarget> asksTheKernelOfAProcess() {
    Set<String> harmless = Set.of("current", "pid", "onExit");
    return describe(
        "ask the kernel of a process",
        method ->
            method.getOwner().isAssignableTo(ProcessHandle.class)
                && !harmless.contains(method.getName()));
  }

  private static DescribedPredicate<JavaClass> areActors() {
    return describe(
        "are actors",
        type ->
            type.isAssignableTo(AbstractBehavior.class)
                || type.getMethods().stream()
                    .anyMatch(method -> method.getRawReturnType().isAssignableTo(Behavior.class)));
  }

  private static ArchCondition<JavaClass> haveASimpleNameThatNoOtherHas() {
    Map<String, String> seen = new HashMap<>();
    return new ArchCondition<>("have a simple name that no other type has") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        String other = seen.putIfAbsent(type.getSimpleName(), type.getName());
        if (other != null) {
          events.add(violated(type, type.getName() + " has the simple name of " + other));
        }
      }
    };
  }

  private static ArchCondition<JavaClass> haveEachComponentReadByAnotherClass() {
    return new ArchCondition<>("have each component read by another class") {
      @Override
      public void check(JavaClass settings, ConditionEvents events) {
        for (JavaField field : settings.getFields()) {
          if (!field.getModifiers().contains(JavaModifier.STATIC) && !isRead(settings, field)) {
            String what = settings.getSimpleName() + "." + field.getName();
            events.add(violated(settings, "nothing reads " + what));
          }
        }
      }
    };
  }

  // Its constructor and its accessor exist whether or not anything needs the setting.
  private static boolean isRead(JavaClass settings, JavaField field) {
    boolean byItself =
        field.getAccessesToSelf().stream()
            .map(access -> access.getOrigin().getName())
            .anyMatch(name -> !name.equals("<init>") && !name.equals(field.getName()));
    return byItself || !settings.getMethod(field.getName()).getAccessesToSelf().isEmpty();
  }
}

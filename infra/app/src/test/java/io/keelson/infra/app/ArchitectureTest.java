package io.keelson.infra.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The layout of modules and packages, as the README shows it. */
class ArchitectureTest {

  private static final JavaClasses KEELSON =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.keelson");

  /** Top-level classes with these names, and the classes nested in them. */
  private static final String PURE =
      ".*\\.[A-Za-z]*(Decider|State|Process|Evolution|Rules|Effects|Plans|Convergence)(\\$.*)?";

  private static final String SAGAS = "io.keelson.sagas..";
  private static final String SAGA_HOST = "io.keelson.sagas.operation..";

  private static final ArchRule CIRCLES =
      slices().assignedFrom(new ByTopLevelClass()).should().beFreeOfCycles();

  /** Puts a class into one slice with the classes that are nested in it. */
  private static final class ByTopLevelClass implements SliceAssignment {

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      JavaClass top = type;
      while (top.getEnclosingClass().isPresent()) {
        top = top.getEnclosingClass().get();
      }
      return SliceIdentifier.of(top.getName());
    }

    @Override
    public String getDescription() {
      return "top-level classes";
    }
  }

  /** Which modules a module may see, in addition to itself and libraries. */
  private static Stream<ArchRule> directions() {
    return Stream.of(
        sees("commands"),
        sees("aggregates", "commands"),
        sees("sagas", "commands"),
        sees("projections", "commands"),
        sees("adapters", "commands", "projections"),
        sees("infra.eventstore", "commands"),
        sees("infra.secrets", "commands", "infra.embedded"),
        sees("infra.embedded"),
        sees("infra.testing", "infra.embedded"));
  }

  private static ArchRule sees(String module, String... others) {
    String[] allowed =
        Stream.concat(Stream.of(module), Stream.of(others))
            .map(name -> "io.keelson." + name + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("io.keelson." + module + "..")
        .should()
        .dependOnClassesThat(resideInAPackage("io.keelson..").and(not(resideInAnyPackage(allowed))))
        .as(module + " sees only " + List.of(allowed))
        .allowEmptyShould(true);
  }

  private static Stream<ArchRule> rules() {
    return Stream.of(
        slices().matching("io.keelson.(**)").should().beFreeOfCycles(),
        slices()
            .matching("io.keelson.aggregates.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                resideInAPackage("io.keelson.aggregates.cluster.."),
                resideInAPackage("io.keelson.aggregates.pool.."))
            .as("no aggregate depends on another, except a cluster on the pools in its stream"),
        slices().matching("io.keelson.adapters.(*)..").should().notDependOnEachOther(),
        noClasses()
            .that()
            .resideInAPackage(SAGA_HOST)
            .should()
            .dependOnClassesThat(resideInAPackage(SAGAS).and(not(resideInAPackage(SAGA_HOST))))
            .as("the host of the processes knows no process")
            .allowEmptyShould(true),
        slices()
            .matching("io.keelson.sagas.(*)..") // the root, which registers all processes, is none
            .should()
            .notDependOnEachOther()
            .ignoreDependency(resideInAPackage(SAGAS), resideInAPackage(SAGA_HOST))
            .as("no process depends on another")
            .allowEmptyShould(true),
        noClasses()
            .that()
            .haveNameMatching(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.axonframework..", "org.springframework..", "java.sql..", "org.slf4j..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName(Clock.class.getName())
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .as("deciders, states and processes are pure"),
        noClasses()
            .that()
            .resideInAPackage("io.keelson.commands..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.axonframework..", "org.springframework..", "java.sql..", "org.slf4j..")
            .as("the contract is free of frameworks"),
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "io.keelson.sagas..",
                "io.keelson.projections..",
                "io.keelson.adapters.provisioning..",
                "io.keelson.infra..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.axonframework..")
            .as("Axon stays with its hosts"),
        noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .as("the only clock is passed to those that need it"),
        classes()
            .that(
                are(
                    describe(
                        "have a name without a meaning",
                        (JavaClass c) ->
                            c.getSimpleName()
                                .matches(".*(Impl|Manager|Helper|Utils?|Service|Dto|DTO)"))))
            .should()
            .notBeTopLevelClasses()
            .allowEmptyShould(true),
        noClasses()
            .should()
            .resideInAnyPackage(
                "..handler..",
                "..dto..",
                "..model..",
                "..service..",
                "..impl..",
                "..util..",
                "..common..",
                "..shared.."));
  }

  @TestFactory
  Stream<DynamicTest> the_layout_is_kept() {
    return Stream.concat(directions(), rules())
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(KEELSON)));
  }

  /** Package by package: the rule above sees circles between packages only. */
  @TestFactory
  Stream<DynamicTest> no_package_contains_a_circle() {
    return KEELSON.stream()
        .map(JavaClass::getPackageName)
        .distinct()
        .sorted()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name, () -> CIRCLES.check(KEELSON.that(resideInAPackage(name)))));
  }

  @Test
  void every_package_is_null_marked() {
    List<String> unmarked =
        KEELSON.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(p -> p.getClasses().stream().anyMatch(c -> !c.getSimpleName().isEmpty()))
            .filter(p -> !p.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .toList();
    assertThat(unmarked).isEmpty();
  }
}

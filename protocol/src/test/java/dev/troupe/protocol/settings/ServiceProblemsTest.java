package dev.troupe.protocol.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user is told about services that cannot be used. */
final class ServiceProblemsTest {
  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void setUp() {
    home = new Home(directory);
  }

  private String problem(String... services) {
    return home.problem("troupe.services {\n" + String.join("\n", services) + "\n}");
  }

  @Test
  void everyServiceNeedsAClass() {
    assertThat(problem("A { class = a.A }", "B {", "  instances = 2", "}"))
        .isEqualTo(
            "application.conf:3: 'troupe.services.B' lacks the key 'class'"
                + " (expected: a string that is not blank)");
    assertThat(problem("B {}")).startsWith("application.conf:2: 'troupe.services.B' lacks the key");
  }

  @Test
  void aMisspeltClassIsPointedOut() {
    assertThat(problem("B {", "  instances = 2", "  clas = a.B", "}"))
        .isEqualTo(
            "application.conf:2: 'troupe.services.B' lacks the key 'class'"
                + " (expected: a string that is not blank); is 'clas' meant to be it?");
  }

  @Test
  void aServiceIsABlock() {
    assertThat(problem("A = a.A"))
        .isEqualTo("application.conf:2: 'troupe.services.A' is \"a.A\" (expected: a block { … })");
  }

  @Test
  void aMisspeltKeyOfAServiceIsPointedOut() {
    assertThat(problem("A { class = a.A", "restrat.window = 1s }"))
        .isEqualTo(
            "application.conf:3: unknown key 'troupe.services.A.restrat'; did you mean 'restart'?"
                + " (troupe.services.A has: class, instances, depends-on, jvm-options,"
                + " environment, max-in-flight, request-timeout, bulkhead, circuit-breaker, retry-budget,"
                + " suspend-action-for, max-reply, max-in-flight-bytes, blocking, restart, logs, settings)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"User-Service", "1st", "my service", "a.b", "../x"})
  void aNameMustFitFilesAndRoles(String name) {
    assertThat(problem("\"" + name + "\" { class = a.A }"))
        .isEqualTo(
            ("application.conf:2: '%s' cannot be the name of a service"
                    + " (expected: a letter, then up to 63 of [A-Za-z0-9_])")
                .formatted(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"seed", "gateway"})
  void theNamesOfNodesAreTaken(String name) {
    assertThat(problem(name + " { class = a.A }"))
        .isEqualTo(
            ("application.conf:2: a service cannot be named '%s', a node of Troupe is"
                    + " (expected: another name)")
                .formatted(name));
  }

  @Test
  void aDependencyMustBeAService() {
    assertThat(
            problem(
                "A {",
                "class = a.A",
                "depends-on = [UserServce]",
                "}",
                "UserService { class = a.B }"))
        .isEqualTo(
            "application.conf:4: A depends on 'UserServce', which is no service; did you mean"
                + " 'UserService'? (services: A, UserService)");
    assertThat(problem("A { class = a.A, depends-on = [Nothing] }"))
        .isEqualTo("application.conf:2: A depends on 'Nothing', which is no service (services: A)");
  }

  @Test
  void aCircleIsSpelledOutWithItsPlace() {
    assertThat(
            problem(
                "A { class = a.A, depends-on = [B] }",
                "B { class = a.B, depends-on = [C] }",
                "C { class = a.C, depends-on = [B] }"))
        .isEqualTo(
            "application.conf:3: services depend on each other in a circle: B -> C -> B"
                + " (expected: no circle; take one of them out of a depends-on)");
    assertThat(problem("A { class = a.A, depends-on = [A] }"))
        .startsWith("application.conf:2: services depend on each other in a circle: A -> A ");
  }

  @Test
  void whatComesFromTheDefaultsIsReportedThere() {
    assertThat(
            home.problem(
                "troupe.service-defaults.depends-on = [B]", "troupe.services.A.class = a.A"))
        .isEqualTo("application.conf:1: A depends on 'B', which is no service (services: A)");
    assertThat(
            home.problem("troupe.services.A.class = a.A", "troupe.service-defaults.instances = 65"))
        .isEqualTo(
            "application.conf:2: 'troupe.service-defaults.instances' is 65"
                + " (expected: an integer from 1 to 64)");
  }

  @Test
  void theDefaultsHaveNoClass() {
    assertThat(home.problem("troupe.service-defaults.class = a.A"))
        .isEqualTo(
            "application.conf:1: 'class' has no default"
                + " (expected: one in each block of troupe.services)");
  }

  @Test
  void aServiceIsAClassOrACommand() {
    assertThat(problem("A {", "  class = a.A", "  command = [a]", "}"))
        .isEqualTo(
            "application.conf:4: it has both 'class' and 'command' (expected: a class for a service"
                + " that is written for Troupe, or a command for any other program)");
    assertThat(problem("A {", "  class = a.A", "  port = auto", "}"))
        .startsWith("application.conf:4: unknown key 'troupe.services.A.port'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "command = []",
        "command = [\" \"]",
        "command = [a], port = 70000",
        "command = [a], port = any",
        "command = [a], port = 8080, instances = 2",
        "command = [a], port = none, health = /health",
        "command = [a], port = none, routes = [/a]",
        "command = [a], health = health",
        "command = [a], routes = [a]",
        "command = [a], routes = [/a/]",
        "command = [a], routes = [\"/a/{id}\"]",
        "command = [a], routes = [/a, /a]",
        "command = [a], stop-signal = SEGV",
        "command = [a], stop-timeout = 5"
      })
  void aProgramThatCannotRunSoIsRefused(String block) {
    assertThat(problem("A { " + block + " }")).startsWith("application.conf:2: 'troupe.services.A");
  }

  @Test
  void aWrongKeyOfTheDefaultsOfProgramsIsRefused() {
    assertThat(home.problem("troupe.program-defaults { prot = 1 }"))
        .startsWith(
            "application.conf:1: unknown key 'troupe.program-defaults.prot'; did you mean 'port'?");
  }
}

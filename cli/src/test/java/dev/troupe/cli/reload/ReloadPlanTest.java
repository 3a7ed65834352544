package dev.troupe.cli.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReloadPlanTest {
  private static final String BEFORE =
      """
      troupe.services {
        UserService { class = "a.User" }
        OrderService { class = "a.Order", depends-on = [UserService] }
      }
      """;

  @TempDir Path home;

  @Test
  void whatSaysTheSameInOtherWordsIsNoChange() throws IOException {
    ReloadPlan plan =
        plan(
            """
            # The services.
            troupe { services.UserService.class = "a.User", gateway.port = 5000 }
            troupe.services.OrderService { depends-on = [UserService], class = "a.Order" }
            """);

    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.fixed()).isEmpty();
    assertThat(plan.lines()).isEmpty();
  }

  @Test
  void aServiceThatIsAddedIsStartedAndNoOtherIsTouched() throws IOException {
    ReloadPlan plan =
        plan(BEFORE + "troupe.services.AuditService { class = \"a.Audit\", instances = 2 }");

    assertThat(plan.restarted()).isEmpty();
    assertThat(plan.lines())
        .containsExactly(
            "AuditService: added, instances: 2",
            "seed-1: replaced; it takes over the processes that run");
  }

  @Test
  void onlyTheServiceWhoseSettingsHaveChangedIsRestarted() throws IOException {
    ReloadPlan plan =
        plan(
            BEFORE
                + """
                troupe.services.OrderService { settings { a = 1 }, jvm-options = ["-Xmx64m"] }
                troupe.services.UserService.instances = 3
                """);

    assertThat(plan.restarted())
        .containsExactlyEntriesOf(Map.of("OrderService", "jvm-options, settings"));
    assertThat(plan.scaled()).containsExactlyEntriesOf(Map.of("UserService", 3));
    assertThat(plan.gateways()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "troupe.restart.max-restarts = 9",
        "troupe.services.OrderService.restart.max-restarts = 9",
        "troupe.services.OrderService.depends-on = []",
        "troupe.events.files = 7",
        "troupe.start-concurrency = 3"
      })
  void whatOnlyTheSeedNodeReadsRestartsNoService(String change) throws IOException {
    ReloadPlan plan = plan(BEFORE + change);

    assertThat(plan.isEmpty()).isFalse();
    assertThat(plan.restarted()).isEmpty();
    assertThat(plan.gateways()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "troupe.logs.level = DEBUG                            | logs",
        "troupe.storage.readers = 5                           | storage",
        "troupe.services.UserService.bulkhead.max-calls = 5   | calls",
        "troupe.seed.environment.set.A = b                    | environment",
        "troupe.streams.max = 5                               | streams",
        "pekko.loglevel = DEBUG                               | pekko"
      })
  void whatAllReadRestartsAll(String change, String why) throws IOException {
    ReloadPlan plan = plan(BEFORE + change);

    assertThat(plan.fixed()).isEmpty();
    assertThat(plan.restarted())
        .containsOnlyKeys("UserService", "OrderService")
        .allSatisfy((service, reason) -> assertThat(reason).contains(why));
    assertThat(plan.gateways()).hasValueSatisfying(reason -> assertThat(reason).contains(why));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "troupe.gateway.port = 5001            | troupe.gateway.host and gateway.port",
        "troupe.gateway.instances = 2          | troupe.gateway.instances",
        "troupe.cluster.port = 7000            | troupe.cluster",
        "troupe.management.port = 7000         | troupe.management",
        "troupe.storage.directory = other      | troupe.storage.directory",
        "troupe.seed.jvm-options = [\"-Xmx64m\"] | troupe.seed.jvm-options"
      })
  void whatHoldsFromUpToDownIsNamed(String change, String named) throws IOException {
    assertThat(plan(BEFORE + change).fixed()).contains(named);
  }

  @Test
  void aServiceThatIsRemovedIsStoppedAndNothingElse() throws IOException {
    ReloadPlan plan = plan("troupe.services.UserService.class = \"a.User\"");

    assertThat(plan.fixed()).isEmpty();
    assertThat(plan.removed()).containsExactly("OrderService");
    assertThat(plan.restarted()).isEmpty();
    assertThat(plan.gateways()).isEmpty();
    assertThat(plan.isEmpty()).isFalse();
  }

  @Test
  void aGatewayLearnsTheBoundsOfCallsOfAnAddedServiceWhenItIsReplaced() throws IOException {
    String added = BEFORE + "troupe.services.Added { class = a.Added";

    assertThat(plan(added + " }").gateways()).isEmpty();
    assertThat(plan(added + ", bulkhead.max-calls = 3 }").gateways()).contains("calls");
  }

  private ReloadPlan plan(String after) throws IOException {
    return ReloadPlan.between(settings(BEFORE), settings(after));
  }

  private Settings settings(String text) throws IOException {
    Files.writeString(home.resolve(SettingsLoader.FILE), text);
    return SettingsLoader.load(home, Map.of());
  }
}

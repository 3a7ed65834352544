package dev.troupe.seed.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PacedLauncherTest {
  private final FakeProcessLauncher system = new FakeProcessLauncher();
  private final Map<String, Integer> places = Map.of("gateway", -1, "UserService", 0);
  private final PacedLauncher launcher =
      new PacedLauncher(system, 2, service -> places.getOrDefault(service, 1));

  @Test
  void noMoreStartAtATimeThanItIsGiven() {
    List<CompletionStage<RunningProcess>> launches =
        Stream.of("A-1", "A-2", "A-3").map(this::launch).toList();

    assertThat(system.next().slot()).isEqualTo("A-1");
    FakeProcess second = system.next().succeeds();
    assertThat(system.isIdle()).isTrue();
    assertThat(launches.get(1)).isCompletedWithValue(second);
    assertThat(launches.get(2)).isNotDone();
  }

  @Test
  void aMemberAProcessThatEndsAndOneThatIsRefusedLetTheNextStart() {
    Stream.of("A-1", "A-2", "A-3", "A-4", "A-5").forEach(this::launch);
    system.next().succeeds();
    FakeProcess second = system.next().succeeds();

    launcher.joined("A-1");
    FakeProcessLauncher.Launch third = system.next();
    assertThat(third.slot()).isEqualTo("A-3");
    assertThat(system.isIdle()).isTrue();

    second.ends(1);
    assertThat(system.next().slot()).isEqualTo("A-4");
    third.isRefused("no memory");
    assertThat(system.next().slot()).isEqualTo("A-5");
  }

  @Test
  void oneProcessLetsOnlyOneOtherStart() {
    Stream.of("A-1", "A-2", "A-3", "A-4").forEach(this::launch);
    FakeProcess first = system.next().succeeds();
    system.next();

    launcher.joined("A-1");
    launcher.joined("A-1");
    first.ends(137);

    assertThat(system.next().slot()).isEqualTo("A-3");
    assertThat(system.isIdle()).isTrue();
  }

  @Test
  void ofThoseThatWaitTheMostImportantGoesFirst() {
    Stream.of("A-1", "A-2", "A-3", "UserService-1", "gateway-1").forEach(this::launch);
    system.next().succeeds();
    system.next().succeeds();

    launcher.joined("A-1");
    launcher.joined("A-2");

    assertThat(system.next().slot()).isEqualTo("gateway-1");
    assertThat(system.next().slot()).isEqualTo("UserService-1");
  }

  @Test
  void oneThatWaitsCanBeWithdrawn() {
    Stream.of("A-1", "A-2").forEach(this::launch);
    CompletionStage<RunningProcess> third = launch("A-3");
    launch("A-4");

    launcher.withdraw("A-3");
    launcher.withdraw("A-1");

    assertThat(third)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("stopped before its turn");
    assertThat(system.next().slot()).isEqualTo("A-1");
    system.next();
    launcher.joined("A-1");
    assertThat(system.next().slot()).isEqualTo("A-4");
  }

  @Test
  void withoutANumberTwoAtLeastMayStart() {
    PacedLauncher unset = new PacedLauncher(system, 0, service -> 0);

    unset.launch("A-1", "A", 1);
    unset.launch("A-2", "A", 1);

    assertThat(system.next().slot()).isEqualTo("A-1");
    assertThat(system.next().slot()).isEqualTo("A-2");
  }

  private CompletionStage<RunningProcess> launch(String slot) {
    return launcher.launch(slot, slot.substring(0, slot.indexOf('-')), 1);
  }
}

package dev.troupe.seed.adoption;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.seed.process.RealProcesses;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AdopterTest {
  @Test
  void whatMayBeInALivingClusterIsAdopted() {
    Survivor user = survivor("UserService-1", 3, 25_001, true);
    Survivor gateway = survivor("gateway-1", 1, 25_002, true);

    Adopter.Decision decision =
        Adopter.decide(SavedState.NOTHING, List.of(user, gateway), slot -> true);

    assertThat(decision.adopt())
        .containsExactlyInAnyOrderEntriesOf(Map.of("UserService-1", user, "gateway-1", gateway));
    assertThat(decision.end()).isEmpty();
    assertThat(decision.dead()).isEmpty();
  }

  @Test
  void whatNeverJoinedIsEndedSinceItsOnlySeedIsDead() {
    Survivor joining = survivor("UserService-1", 1, 25_001, false);
    Survivor joined = survivor("gateway-1", 1, 25_002, true);

    Adopter.Decision decision =
        Adopter.decide(SavedState.NOTHING, List.of(joining, joined), slot -> true);

    assertThat(decision.end()).containsExactly(joining);
    assertThat(decision.adopt()).containsOnlyKeys("gateway-1");
  }

  @Test
  void aSlotTheSettingsNoLongerAskForIsEnded() {
    Survivor wanted = survivor("UserService-1", 1, 25_001, true);
    Survivor surplus = survivor("UserService-2", 1, 25_002, true);

    Adopter.Decision decision =
        Adopter.decide(
            SavedState.NOTHING, List.of(wanted, surplus), slot -> slot.equals("UserService-1"));

    assertThat(decision.adopt()).containsOnlyKeys("UserService-1");
    assertThat(decision.end()).containsExactly(surplus);
  }

  @Test
  void ofTwoProcessesOfASlotTheNewerIsAdopted() {
    Survivor older = survivor("UserService-1", 3, 25_001, true);
    Survivor newer = survivor("UserService-1", 4, 25_002, true);

    for (List<Survivor> order : List.of(List.of(older, newer), List.of(newer, older))) {
      Adopter.Decision decision = Adopter.decide(SavedState.NOTHING, order, slot -> true);

      assertThat(decision.adopt()).containsEntry("UserService-1", newer);
      assertThat(decision.end()).containsExactly(older);
    }
  }

  @Test
  void generationsNeverCountBack() {
    SavedState saved =
        new SavedState(List.of(), Map.of("UserService-1", 9, "gateway-1", 1), Map.of());

    Adopter.Decision decision =
        Adopter.decide(
            saved,
            List.of(
                survivor("UserService-1", 8, 25_001, true), survivor("gateway-1", 2, 25_002, true)),
            slot -> true);

    assertThat(decision.generations())
        .containsExactlyInAnyOrderEntriesOf(Map.of("UserService-1", 9, "gateway-1", 2));
  }

  @Test
  void addressesOfSavedProcessesThatAreGoneAreDead() {
    SavedState saved =
        new SavedState(
            List.of(saved("UserService-1", 25_001), saved("gateway-1", 25_002)),
            Map.of(),
            Map.of());

    Adopter.Decision decision =
        Adopter.decide(saved, List.of(survivor("gateway-1", 1, 25_002, true)), slot -> true);

    assertThat(decision.dead()).containsExactly(address(25_001));
  }

  @Test
  void whatIsEndedIsGoneWithWhatItStarted() throws Exception {
    try (RealProcesses processes = new RealProcesses()) {
      ProcessHandle process = processes.shell("sleep 600 & wait");

      Adopter.end(List.of(new Survivor("UserService-1", 1, process, address(25_001), false)));

      process.onExit().get(20, SECONDS);
      assertThat(process.descendants()).isEmpty();
    }
  }

  private static Survivor survivor(String slot, int generation, int port, boolean mayBeMember) {
    return new Survivor(slot, generation, ProcessHandle.current(), address(port), mayBeMember);
  }

  private static SavedSlot saved(String slot, int port) {
    return new SavedSlot(slot, 1, port, Instant.EPOCH, null, address(port), true);
  }

  private static String address(int port) {
    return "pekko://troupe@127.0.0.1:" + port;
  }
}

package dev.troupe.seed.adoption;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.seed.adoption.RunningProcessScan.SurvivingProcess;
import dev.troupe.seed.adoption.SavedState.SavedSlot;
import dev.troupe.seed.process.RealProcesses;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AdoptionPlanTest {
  @Test
  void whatMayBeInALivingClusterIsAdopted() {
    SurvivingProcess user = survivor("UserService-1", 3, 25_001, true);
    SurvivingProcess gateway = survivor("gateway-1", 1, 25_002, true);

    AdoptionPlan.Decision decision =
        AdoptionPlan.decide(SavedState.NOTHING, List.of(user, gateway), slot -> true);

    assertThat(decision.adopt())
        .containsExactlyInAnyOrderEntriesOf(Map.of("UserService-1", user, "gateway-1", gateway));
    assertThat(decision.end()).isEmpty();
    assertThat(decision.dead()).isEmpty();
  }

  @Test
  void whatNeverJoinedIsEndedSinceItsOnlySeedIsDead() {
    SurvivingProcess joining = survivor("UserService-1", 1, 25_001, false);
    SurvivingProcess joined = survivor("gateway-1", 1, 25_002, true);

    AdoptionPlan.Decision decision =
        AdoptionPlan.decide(SavedState.NOTHING, List.of(joining, joined), slot -> true);

    assertThat(decision.end()).containsExactly(joining);
    assertThat(decision.adopt()).containsOnlyKeys("gateway-1");
  }

  @Test
  void aSlotTheSettingsNoLongerAskForIsEnded() {
    SurvivingProcess wanted = survivor("UserService-1", 1, 25_001, true);
    SurvivingProcess surplus = survivor("UserService-2", 1, 25_002, true);

    AdoptionPlan.Decision decision =
        AdoptionPlan.decide(
            SavedState.NOTHING, List.of(wanted, surplus), slot -> slot.equals("UserService-1"));

    assertThat(decision.adopt()).containsOnlyKeys("UserService-1");
    assertThat(decision.end()).containsExactly(surplus);
  }

  @Test
  void ofTwoProcessesOfASlotTheNewerIsAdopted() {
    SurvivingProcess older = survivor("UserService-1", 3, 25_001, true);
    SurvivingProcess newer = survivor("UserService-1", 4, 25_002, true);

    for (List<SurvivingProcess> order : List.of(List.of(older, newer), List.of(newer, older))) {
      AdoptionPlan.Decision decision = AdoptionPlan.decide(SavedState.NOTHING, order, slot -> true);

      assertThat(decision.adopt()).containsEntry("UserService-1", newer);
      assertThat(decision.end()).containsExactly(older);
    }
  }

  @Test
  void generationsNeverCountBack() {
    SavedState saved =
        new SavedState(List.of(), Map.of("UserService-1", 9, "gateway-1", 1), Map.of(), List.of());

    AdoptionPlan.Decision decision =
        AdoptionPlan.decide(
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
            Map.of(),
            List.of());

    AdoptionPlan.Decision decision =
        AdoptionPlan.decide(saved, List.of(survivor("gateway-1", 1, 25_002, true)), slot -> true);

    assertThat(decision.dead()).containsExactly(address(25_001));
  }

  @Test
  void whatIsEndedIsGoneWithWhatItStarted() throws Exception {
    try (RealProcesses processes = new RealProcesses()) {
      ProcessHandle process = processes.shell("sleep 600 & wait");

      AdoptionPlan.end(
          List.of(new SurvivingProcess("UserService-1", 1, process, address(25_001), false)));

      process.onExit().get(20, SECONDS);
      assertThat(process.descendants()).isEmpty();
    }
  }

  private static SurvivingProcess survivor(
      String slot, int generation, int port, boolean mayBeMember) {
    return new SurvivingProcess(
        slot, generation, ProcessHandle.current(), address(port), mayBeMember);
  }

  private static SavedSlot saved(String slot, int port) {
    return new SavedSlot(slot, 1, port, Instant.EPOCH, null, address(port), true);
  }

  private static String address(int port) {
    return "pekko://troupe@127.0.0.1:" + port;
  }
}

package dev.troupe.seed.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.seed.RegistryViews;
import dev.troupe.seed.supervisor.Rollouts.AddExtra;
import dev.troupe.seed.supervisor.Rollouts.Await;
import dev.troupe.seed.supervisor.Rollouts.GiveUp;
import dev.troupe.seed.supervisor.Rollouts.RestartSlot;
import dev.troupe.seed.supervisor.Rollouts.Retire;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RollingRestartTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Map<String, SlotStatus> now = new LinkedHashMap<>();
  private Duration time = Duration.ZERO;
  private @Nullable RollingRestart restart;

  @Test
  void theExtraSlotIsReadyBeforeTheFirstIsRestartedAndGoesWhenTheLastIsReady() {
    is("A-1", 1, SlotState.RUNNING);
    is("A-2", 4, SlotState.RUNNING);
    begin(Optional.of("A-3"));

    assertThat(next()).isEqualTo(new AddExtra("A-3"));
    is("A-3", 0, SlotState.PENDING);
    assertThat(next()).isEqualTo(Await.INSTANCE);
    is("A-3", 1, SlotState.JOINING);
    assertThat(next()).isEqualTo(Await.INSTANCE);
    is("A-3", 1, SlotState.RUNNING);
    assertThat(next()).isEqualTo(new RestartSlot("A-1"));
    assertThat(next()).as("still the old process").isEqualTo(Await.INSTANCE);
    is("A-1", 1, SlotState.STOPPING);
    assertThat(next()).isEqualTo(Await.INSTANCE);
    is("A-1", 2, SlotState.RUNNING);
    assertThat(next()).isEqualTo(new RestartSlot("A-2"));
    assertThat(restart.progress()).isEqualTo("1 of 2 replaced");
    is("A-2", 5, SlotState.RUNNING);
    assertThat(next()).isEqualTo(new Retire("A-3"));
    assertThat(next()).isEqualTo(Await.INSTANCE);
    now.remove("A-3");
    assertThat(next()).isInstanceOf(Rollouts.Done.class);
  }

  @Test
  void withoutAnExtraSlotTheOthersStandIn() {
    is("A-1", 1, SlotState.RUNNING);
    is("A-2", 1, SlotState.RUNNING);
    begin(Optional.empty());

    assertThat(next()).isEqualTo(new RestartSlot("A-1"));
    is("A-1", 2, SlotState.RUNNING);
    assertThat(next()).isEqualTo(new RestartSlot("A-2"));
    is("A-2", 2, SlotState.RUNNING);
    assertThat(next()).isInstanceOf(Rollouts.Done.class);
  }

  @Test
  void aNewProcessThatDiesEndsItEvenIfItIsRelaunched() {
    is("A-1", 1, SlotState.RUNNING);
    begin(Optional.of("A-2"));
    next();
    is("A-2", 1, SlotState.RUNNING);
    next();

    crashed("A-1", 3, SlotState.LAUNCHING);

    assertThat(next())
        .isInstanceOfSatisfying(
            GiveUp.class,
            giveUp -> {
              assertThat(giveUp.text())
                  .contains("0 of 1 replaced: A-1 is launching: it broke", "A-2 serves");
              assertThat(giveUp.retire()).isEmpty();
            });
  }

  @Test
  void aSlotThatCrashedAndWaitsForItsLaunchWhenItsTurnComesIsRestarted() {
    is("A-1", 1, SlotState.RUNNING);
    is("A-2", 1, SlotState.RUNNING);
    begin(Optional.of("A-3"));
    next();
    is("A-3", 1, SlotState.RUNNING);
    next();
    crashed("A-2", 1, SlotState.BACKING_OFF);
    is("A-1", 2, SlotState.RUNNING);

    assertThat(next()).isEqualTo(new RestartSlot("A-2"));
    is("A-2", 2, SlotState.LAUNCHING);
    assertThat(next()).isEqualTo(Await.INSTANCE);
    is("A-2", 2, SlotState.RUNNING);
    assertThat(next()).isEqualTo(new Retire("A-3"));
  }

  @Test
  void aSlotThatCrashedAndIsLaunchedAgainBeforeItsTurnIsReplacedAlready() {
    is("A-1", 1, SlotState.RUNNING);
    is("A-2", 1, SlotState.RUNNING);
    begin(Optional.of("A-3"));
    next();
    is("A-3", 1, SlotState.RUNNING);
    next();
    crashed("A-2", 2, SlotState.LAUNCHING);
    is("A-1", 2, SlotState.RUNNING);

    assertThat(next()).as("its launch is under way").isEqualTo(Await.INSTANCE);
    crashed("A-2", 2, SlotState.RUNNING);
    assertThat(next()).isEqualTo(new Retire("A-3"));
  }

  @Test
  void ofAnotherVersionIsOnlyWhatWasLaunchedByOrder() {
    is("A-1", 1, SlotState.RUNNING);
    restart =
        new RollingRestart(
            List.copyOf(now.values()), Optional.of("A-2"), 0, true, LIMIT, Duration.ZERO);
    next();
    is("A-2", 1, SlotState.RUNNING);
    is("A-1", 2, SlotState.LAUNCHING);
    assertThat(next()).as("an order would not reach the launch").isEqualTo(Await.INSTANCE);
    is("A-1", 2, SlotState.RUNNING);

    assertThat(next()).as("it crashed and has the old version").isEqualTo(new RestartSlot("A-1"));
    assertThat(next()).isEqualTo(Await.INSTANCE);
    is("A-1", 3, SlotState.RUNNING);
    assertThat(next()).isEqualTo(new Retire("A-2"));
  }

  @Test
  void noStepWaitsForEver() {
    is("A-1", 1, SlotState.RUNNING);
    begin(Optional.of("A-2"));
    next();
    is("A-2", 0, SlotState.PENDING);
    time = LIMIT;
    assertThat(next()).isEqualTo(Await.INSTANCE);

    time = LIMIT.plusMillis(1);

    assertThat(next()).isEqualTo(new GiveUp("0 of 1 replaced: A-2 is pending", Optional.of("A-2")));
  }

  @Test
  void noProcessIsReplacedWhileTheOneThatStandsInIsGone() {
    is("A-1", 1, SlotState.RUNNING);
    is("A-2", 1, SlotState.RUNNING);
    begin(Optional.of("A-3"));
    next();
    is("A-3", 1, SlotState.RUNNING);
    next();
    is("A-1", 2, SlotState.RUNNING);
    crashed("A-3", 2, SlotState.LAUNCHING);

    assertThat(next()).isEqualTo(Await.INSTANCE);
    crashed("A-3", 2, SlotState.RUNNING);
    assertThat(next()).isEqualTo(new RestartSlot("A-2"));
  }

  @Test
  void anExtraSlotOfEarlierTimesCountsOn() {
    is("A-1", 1, SlotState.RUNNING);
    restart =
        new RollingRestart(List.copyOf(now.values()), Optional.of("A-2"), 7, false, LIMIT, time);
    next();
    is("A-2", 7, SlotState.STOPPED);
    assertThat(next()).isEqualTo(Await.INSTANCE);

    crashed("A-2", 8, SlotState.FAILED);

    assertThat(next())
        .isEqualTo(new GiveUp("0 of 1 replaced: A-2 is failed: it broke", Optional.of("A-2")));
  }

  private void begin(Optional<String> extra) {
    restart = new RollingRestart(List.copyOf(now.values()), extra, 0, false, LIMIT, time);
  }

  private Rollouts.Step next() {
    assertThat(restart).isNotNull();
    return restart.next(now, time);
  }

  private void is(String slot, int generation, SlotState state) {
    put(slot, generation, state, 0, null);
  }

  private void crashed(String slot, int generation, SlotState state) {
    put(slot, generation, state, 1, "it broke");
  }

  private void put(
      String slot, int generation, SlotState state, int restarts, @Nullable String reason) {
    now.put(
        slot,
        new SlotStatus(
            slot,
            "A",
            state,
            generation,
            null,
            null,
            RegistryViews.STARTED_AT,
            null,
            restarts,
            5,
            null,
            reason,
            List.of()));
  }
}

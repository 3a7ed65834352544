package dev.troupe.seed.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.settings.RestartSettings.Policy;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SlotSnapshotSinceTest {
  private static final Instant EARLIER = Instant.parse("2026-01-01T10:00:00Z");
  private static final Instant NOW = Instant.parse("2026-01-01T10:05:00Z");
  private static final SlotSpec SPEC = SlotFixture.spec(Policy.ALWAYS);
  private static final LaunchHistory HISTORY = TestStates.history(1);

  @Test
  void whatIsShownAsOtherThanBeforeIsSoSinceNow() {
    assertThat(next(new LifecycleState.Joining(HISTORY, launched()), running(launched())))
        .isEqualTo(NOW);
  }

  @Test
  void aNewReportOfAnUnhealthyProcessBeginsNothing() {
    LifecycleState before = new LifecycleState.Unhealthy(HISTORY, launched(), "no disk", false);
    LifecycleState late = new LifecycleState.Unhealthy(HISTORY, launched(), "no disk", true);

    assertThat(next(before, late)).isEqualTo(EARLIER);
  }

  @Test
  void anotherLaunchBeginsAnewThoughItIsShownAlike() {
    LifecycleState starting = new LifecycleState.Starting(HISTORY, launched());
    LifecycleState again = new LifecycleState.AwaitingPermit(TestStates.history(2));

    assertThat(next(starting, again)).isEqualTo(NOW);
  }

  @Test
  void anAdoptedProcessRunsSinceItWasStarted() {
    LifecycleState adopted = new LifecycleState.Adopted(HISTORY, adoptedProcess());

    assertThat(SlotSnapshot.first(SPEC, adopted, NOW).since()).isEqualTo(TestStates.AT);
    assertThat(next(adopted, running(adoptedProcess()))).isEqualTo(TestStates.AT);
  }

  @Test
  void anAdoptedProcessThatHealsRunsSinceThen() {
    SlotProcess ready = adoptedProcess().ready(Duration.ofSeconds(1));
    LifecycleState unwell = new LifecycleState.Unhealthy(HISTORY, ready, "no disk", false);

    assertThat(next(unwell, running(ready))).isEqualTo(NOW);
  }

  @Test
  void nobodyKnowsSinceWhenAnAdoptedProcessIsUnhealthy() {
    LifecycleState adopted = new LifecycleState.Adopted(HISTORY, adoptedProcess());

    assertThat(
            next(
                adopted, new LifecycleState.Unhealthy(HISTORY, adoptedProcess(), "no disk", false)))
        .isEqualTo(NOW);
  }

  private static Instant next(LifecycleState before, LifecycleState state) {
    return new SlotSnapshot(SPEC, before, EARLIER, EARLIER).next(state, NOW).since();
  }

  private static LifecycleState running(SlotProcess process) {
    return new LifecycleState.Running(HISTORY, process);
  }

  private static SlotProcess launched() {
    return TestStates.process(1, 7);
  }

  private static SlotProcess adoptedProcess() {
    return TestStates.adopted(1, 7);
  }
}

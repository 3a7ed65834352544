package dev.troupe.node.registry;

import static dev.troupe.node.registry.Announced.beat;
import static dev.troupe.node.registry.Announced.registration;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How {@link RegistryState} measures how long an instance has been silent. */
final class SilenceTest {
  private static final String SLOT = "UserService-1";

  private final RegistryState state =
      new RegistryState(Members.address(25_000), Duration.ofSeconds(3));
  private long now = 1;

  @BeforeEach
  void aMember() {
    state.member(Members.up(Announced.PORT, 1, "UserService"));
  }

  @Test
  void silenceIsMeasuredFromWhenThisNodeSawANewHeartbeat() {
    registerAndBeat(1, 1);

    passes(2);
    state.heartbeats(Map.of(SLOT, beat(1, 1)), now);
    assertThat(instance().silence()).as("of a heartbeat seen again").hasSeconds(2);

    state.heartbeats(Map.of(SLOT, beat(1, 3)), now);
    assertThat(instance().silence()).isZero();
  }

  @Test
  void aPulseStandsForAHeartbeat() {
    registerAndBeat(1, 1);
    passes(2);

    Duration silenceBefore = state.pulse(beat(1, 3).pulse(SLOT), now);

    assertThat(silenceBefore).hasSeconds(2);
    assertThat(instance().silence()).isZero();
    assertThat(instance().heartbeat()).isEqualTo(beat(1, 3));
  }

  @Test
  void aPulseOfAProcessThatIsNotKnownSaysNothing() {
    registerAndBeat(2, 1);
    passes(2);

    assertThat(state.pulse(beat(1, 9).pulse(SLOT), now)).isZero();
    assertThat(state.pulse(beat(3, 1).pulse(SLOT), now)).isZero();
    assertThat(state.pulse(beat(1, 1).pulse("UserService-2"), now)).isZero();

    assertThat(instance().silence()).hasSeconds(2);
  }

  @Test
  void aHeartbeatOnItsWayForLongEndsNoSilenceSinceItWasSent() {
    registerAndBeat(1, 1);

    passes(5);
    state.heartbeats(Map.of(SLOT, beat(1, 2)), now);

    assertThat(instance().silence()).hasSeconds(4);
    assertThat(instance().suspect()).isTrue();
  }

  @Test
  void whoIsSilentForTooLongIsSuspectUntilHeardAgain() {
    registerAndBeat(1, 1);
    passes(3);
    assertThat(instance().suspect()).isFalse();

    now++;
    assertThat(instance().suspect()).isTrue();
    assertThat(instance().isReady()).isFalse();

    state.heartbeats(Map.of(SLOT, beat(1, 2)), now);
    assertThat(instance().suspect()).isFalse();
  }

  @Test
  void theFirstHeartbeatOfANewGenerationIsNewThoughItsSequenceIsNot() {
    registerAndBeat(1, 1);
    passes(10);

    registerAndBeat(2, 1);

    assertThat(instance().silence()).isZero();
  }

  @Test
  void whoSleptItselfBeginsToListenAnew() {
    registerAndBeat(1, 1);
    state.observe(now);

    passes(45);
    state.observe(now);

    assertThat(instance().silence()).isZero();
    assertThat(instance().suspect()).isFalse();
    passesAwake(4);
    assertThat(instance().silence()).hasSeconds(4);
    assertThat(instance().suspect()).isTrue();
  }

  private void passesAwake(int seconds) {
    for (int half = 0; half < 2 * seconds; half++) {
      now += TimeUnit.MILLISECONDS.toNanos(500);
      state.observe(now);
    }
  }

  private void passes(int seconds) {
    now += TimeUnit.SECONDS.toNanos(seconds);
  }

  private InstanceView instance() {
    return state.view(now).instances().stream().findFirst().orElseThrow();
  }

  private void registerAndBeat(int generation, long sequence) {
    state.registrations(Map.of(SLOT, registration(SLOT, generation)));
    state.heartbeats(Map.of(SLOT, beat(generation, sequence)), now);
  }
}

package dev.troupe.seed.supervisor;

import static dev.troupe.seed.RegistryViews.instance;
import static dev.troupe.seed.RegistryViews.member;
import static dev.troupe.seed.RegistryViews.self;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.seed.RegistryViews;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DeadMemberDetectorTest {
  private static final String A = "pekko://troupe@127.0.0.1:25001";
  private static final String ELSEWHERE = "pekko://troupe@10.0.0.7:25001";
  private static final long LIVING = 11;
  private static final long GONE = 12;

  private static final EndedProcesses NONE = new EndedProcesses(List.of());

  private final FakeClusterControl cluster = new FakeClusterControl();
  private final DeadMemberDetector deadMembers =
      new DeadMemberDetector(RegistryViews.SELF, "seed-1", cluster);

  DeadMemberDetectorTest() {
    cluster.lives(LIVING);
  }

  @Test
  void anEarlierSeedNodeIsDeadSinceThisOneHoldsItsHome() {
    assertThat(dead(List.of(self(), member("seed", A, "Up")), List.of())).containsExactly(A);
  }

  @Test
  void aSeedNodeOfAnotherHostIsNobodysBusiness() {
    assertThat(dead(List.of(self(), member("seed", ELSEWHERE, "Up")), List.of())).isEmpty();
  }

  @Test
  void anInstanceWhoseProcessIsGoneIsDead() {
    assertThat(dead(List.of(self(), member("A", A, "Up")), List.of(instance("A-1", 1, GONE, A))))
        .containsExactly(A);
  }

  @Test
  void aLivingInstanceIsNotDeadThoughNoSlotWatchesIt() {
    assertThat(dead(List.of(self(), member("A", A, "Up")), List.of(instance("A-1", 1, LIVING, A))))
        .isEmpty();
  }

  @Test
  void nothingIsKnownOfProcessesOfOtherHosts() {
    assertThat(
            dead(
                List.of(self(), member("A", ELSEWHERE, "Up")),
                List.of(instance("A-1", 1, GONE, ELSEWHERE))))
        .isEmpty();
  }

  @Test
  void whatASlotWatchesIsLeftToTheSlot() {
    RegistryView view =
        RegistryViews.of(
            List.of(self(), member("A", A, "Up")), List.of(instance("A-1", 1, GONE, A)));

    assertThat(deadMembers.confirmedDead(view, Set.of(A), Set.of(A), NONE)).isEmpty();
  }

  @Test
  void aSavedProcessThatIsGoneIsDeadOnceTheClusterShowsIt() {
    assertThat(
            deadMembers.confirmedDead(
                RegistryViews.of(List.of(self(), member("A", A, "Joining")), List.of()),
                Set.of(),
                Set.of(A),
                NONE))
        .containsExactly(A);
    assertThat(
            deadMembers.confirmedDead(
                RegistryViews.of(List.of(self()), List.of()), Set.of(), Set.of(A), NONE))
        .as("nobody in this cluster is at its address")
        .isEmpty();
  }

  @Test
  void aProcessThatBecameAMemberAfterItsEndIsDead() {
    EndedProcesses ended = new EndedProcesses(List.of(A));

    assertThat(joinedAtA(RegistryViews.unreachable(member("A", A, "Joining")), List.of(), ended))
        .containsExactly(A);
    assertThat(joinedAtA(member("A", A, "Joining"), List.of(), ended))
        .as("another one has its address since, and answers")
        .isEmpty();
    assertThat(
            joinedAtA(
                RegistryViews.unreachable(member("A", A, "Up")),
                List.of(instance("A-1", 2, LIVING, A)),
                ended))
        .as("another one has its address since, and hangs")
        .isEmpty();
    assertThat(joinedAtA(RegistryViews.unreachable(member("A", A, "Joining")), List.of(), NONE))
        .isEmpty();
  }

  private List<String> joinedAtA(
      MemberView member, List<InstanceView> instances, EndedProcesses ended) {
    return deadMembers.confirmedDead(
        RegistryViews.of(List.of(self(), member), instances), Set.of(), Set.of(), ended);
  }

  @Test
  void nobodyDiesTwice() {
    assertThat(dead(List.of(self(), member("seed", A, "Down")), List.of())).isEmpty();
    assertThat(
            deadMembers.confirmedDead(
                RegistryViews.of(
                    List.of(self(), member("seed", A, "Up")),
                    List.of(instance("seed-1", 1, GONE, A))),
                Set.of(),
                Set.of(A),
                NONE))
        .containsExactly(A);
  }

  @Test
  void thisNodeIsNeverDead() {
    assertThat(
            deadMembers.confirmedDead(
                RegistryViews.of(
                    List.of(self()), List.of(instance("seed-1", 1, GONE, RegistryViews.SELF))),
                Set.of(),
                Set.of(RegistryViews.SELF),
                NONE))
        .isEmpty();
  }

  private List<String> dead(List<MemberView> members, List<InstanceView> instances) {
    return deadMembers.confirmedDead(
        RegistryViews.of(members, instances), Set.of(), Set.of(), NONE);
  }
}

package dev.troupe.node.registry;

import static dev.troupe.node.registry.Announced.beat;
import static dev.troupe.node.registry.Announced.registration;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.registry.DataReport;
import dev.troupe.protocol.registry.DeathCause;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RegistryStateTest {
  private static final Duration SUSPECT_AFTER = Duration.ofSeconds(3);
  private static final String SLOT = "UserService-1";
  private static final long NOW = 1;
  private static final int SEED = 25_000;
  private static final int USER = Announced.PORT;

  private final RegistryState state = new RegistryState(Members.address(SEED), SUSPECT_AFTER);
  private final Member user = Members.up(USER, 2, "UserService");

  @BeforeEach
  void twoMembers() {
    state.member(user);
    state.member(Members.up(SEED, 1, "seed"));
  }

  @Test
  void membersAreListedByAgeWithWhatTheyAre() {
    state.leader(Members.address(USER));

    assertThat(view().members())
        .containsExactly(
            new MemberView(
                "pekko://troupe@127.0.0.1:25000", Set.of("seed"), "Up", true, 1, false, true),
            new MemberView(
                "pekko://troupe@127.0.0.1:25001",
                Set.of("UserService"),
                "Up",
                true,
                2,
                true,
                false));
  }

  @Test
  void aMemberIsWhatWasToldOfItLast() {
    state.reachable(user, false);
    assertThat(userMember().reachable()).isFalse();

    state.reachable(user, true);
    assertThat(userMember().reachable()).isTrue();

    state.member(Members.member(USER, USER, 2, MemberStatus.down(), "UserService"));
    assertThat(userMember().status()).isEqualTo("Down");

    state.removed(user);
    assertThat(view().members()).hasSize(1);
  }

  @Test
  void nothingIsToldOfTheReachabilityOfWhoIsGoneOrGoes() {
    assertThat(state.isDead(user)).isFalse();

    state.died(user.address().toString(), DeathCause.ITSELF);
    assertThat(state.isDead(user)).as("its supervisor saw it exit").isTrue();

    Member leaver = Members.up(USER + 1, 3, "OrderService");
    state.member(leaver);
    assertThat(state.isDead(leaver)).isFalse();
    state.member(Members.member(USER + 1, USER + 1, 3, MemberStatus.leaving(), "OrderService"));
    assertThat(state.isDead(leaver)).isTrue();
  }

  @Test
  void aMemberThatComesBackIsNotUnreachableBecauseItWasBefore() {
    state.reachable(user, false);
    state.removed(user);

    state.member(user);

    assertThat(userMember().reachable()).isTrue();
  }

  @Test
  void itTellsWhatItHoldsOfEachSlot() {
    registerAndBeat(2, 7);
    state.removed(user);

    assertThat(state.entries(10, NOW + 2_000_000_000L))
        .as("also of a process that is gone")
        .containsExactly(new DataReport.Entry(SLOT, 2, 2, 7, 2000));
    assertThat(state.entries(0, NOW)).isEmpty();
    assertThat(state.entryCount()).isEqualTo(1);

    state.registrations(Map.of());
    assertThat(state.entries(10, NOW)).containsExactly(new DataReport.Entry(SLOT, 0, 2, 7, 0));
  }

  @Test
  void anInstanceIsARegistrationAHeartbeatAndAMember() {
    registerAndBeat(1, 1);

    assertThat(view().instances())
        .singleElement()
        .satisfies(
            instance -> {
              assertThat(instance.slot()).isEqualTo(SLOT);
              assertThat(instance.service()).isEqualTo("UserService");
              assertThat(instance.heartbeat().sequence()).isEqualTo(1);
              assertThat(instance.member()).isEqualTo(userMember());
              assertThat(instance.silence()).isZero();
              assertThat(instance.isReady()).isTrue();
            });
    assertThat(view().instanceAt("pekko://troupe@127.0.0.1:25001")).isPresent();
    assertThat(view().instanceAt("pekko://troupe@127.0.0.1:25002")).isEmpty();
    assertThat(view().instancesOf("UserService")).hasSize(1);
    assertThat(view().instancesOf("OrderService")).isEmpty();
  }

  @Test
  void anInstanceWhoseProcessWasSeenToExitIsGoneBeforeItsMembershipIs() {
    registerAndBeat(1, 1);

    state.died("pekko://troupe@127.0.0.1:25001", DeathCause.ITSELF);

    assertThat(view().instances()).isEmpty();
    assertThat(userMember().status()).isEqualTo("Up");
    state.died("pekko://troupe@127.0.0.1:25001", DeathCause.UNKNOWN);
    assertThat(view().deaths())
        .as("who saw nothing adds nothing")
        .isEqualTo(Map.of("pekko://troupe@127.0.0.1:25001", DeathCause.ITSELF));
  }

  @Test
  void aDeathIsForgottenWithTheMember() {
    registerAndBeat(1, 1);
    state.died("pekko://troupe@127.0.0.1:25001", DeathCause.ITSELF);
    state.removed(user);
    state.died("pekko://troupe@127.0.0.1:25001", DeathCause.ITSELF);

    state.member(user);

    assertThat(view().instances()).as("a later process at the same address").hasSize(1);
  }

  @Test
  void aHeartbeatThatComesBeforeItsRegistrationIsNotLost() {
    state.heartbeats(Map.of(SLOT, beat(1, 1)), NOW);
    state.registrations(Map.of(SLOT, registration(SLOT, 1)));

    assertThat(view().instances()).hasSize(1);
  }

  @Test
  void aHeartbeatThatComesBeforeItsRegistrationSurvivesTheRegistrationOfAnother() {
    state.heartbeats(Map.of(SLOT, beat(1, 1)), NOW);
    state.registrations(Map.of("UserService-2", registration("UserService-2", 1)));
    state.registrations(Map.of(SLOT, registration(SLOT, 1)));

    assertThat(view().instances()).hasSize(1);
  }

  @Test
  void withoutAHeartbeatThereIsNoInstance() {
    state.registrations(Map.of(SLOT, registration(SLOT, 1)));

    assertThat(view().instances()).isEmpty();
  }

  @Test
  void aHeartbeatOfAnotherGenerationIsNotItsOwn() {
    state.registrations(Map.of(SLOT, registration(SLOT, 2)));
    state.heartbeats(Map.of(SLOT, beat(1, 500)), NOW);
    assertThat(view().instances()).isEmpty();

    state.heartbeats(Map.of(SLOT, beat(2, 1)), NOW);
    assertThat(view().instances()).hasSize(1);
  }

  @Test
  void anInstanceIsGoneAtOnceWhenItsMemberIsDownOrRemoved() {
    registerAndBeat(1, 1);

    state.member(Members.member(USER, USER, 2, MemberStatus.down(), "UserService"));
    assertThat(view().instances()).isEmpty();

    state.removed(user);
    assertThat(view().instances()).isEmpty();
  }

  @Test
  void anUnreachableInstanceIsStillThereButNotReady() {
    registerAndBeat(1, 1);

    state.reachable(user, false);

    assertThat(view().instances()).singleElement().returns(false, InstanceView::isReady);
  }

  @Test
  void ofTwoIncarnationsAtAnAddressTheYoungerCounts() {
    state.member(Members.member(USER, 99, 3, MemberStatus.up(), "UserService"));
    state.member(Members.member(USER, USER, 2, MemberStatus.down(), "UserService"));

    registerAndBeat(2, 1);

    assertThat(instance().member().age()).isEqualTo(3);
    assertThat(instance().isReady()).isTrue();
  }

  @Test
  void aServiceStaysWhenItsInstancesDie() {
    ServiceDescriptor descriptor = new ServiceDescriptor("UserService", "1", List.of());
    registerAndBeat(1, 1);
    state.descriptors(Map.of("UserService", descriptor));
    state.requests("UserService", 7);
    state.errors("UserService", 2);

    state.removed(user);

    assertThat(view().instances()).isEmpty();
    assertThat(view().services())
        .containsExactly(Map.entry("UserService", new ServiceView(descriptor, 7, 2)));
  }

  @Test
  void aServiceNobodyHasCalledHasCountsOfZero() {
    ServiceDescriptor descriptor = new ServiceDescriptor("UserService", "1", List.of());
    state.descriptors(Map.of("UserService", descriptor));

    assertThat(view().services()).containsEntry("UserService", new ServiceView(descriptor, 0, 0));
  }

  @Test
  void aMemberOfAnotherRoleIsNoInstanceOfTheService() {
    state.member(Members.up(USER + 1, 3, "OrderService"));
    registerAndBeat(1, 1);
    assertThat(view().instances()).hasSize(1);

    state.removed(user);
    state.member(Members.up(USER, 2, "OrderService"));

    assertThat(view().instances()).isEmpty();
  }

  @Test
  void whatIsNotThereMayBeThereAllTheSameUntilTheOthersWereAsked() {
    assertThat(view().synced()).isFalse();

    state.synced();

    assertThat(view().synced()).isTrue();
  }

  @Test
  void instancesAreSortedBySlot() {
    state.registrations(
        Map.of("c", registration("c"), "a", registration("a"), "b", registration("b")));
    state.heartbeats(Map.of("b", beat(1, 1), "c", beat(1, 1), "a", beat(1, 1)), NOW);

    assertThat(view().instances()).extracting(InstanceView::slot).containsExactly("a", "b", "c");
  }

  private RegistryView view() {
    return state.view(NOW);
  }

  private InstanceView instance() {
    List<InstanceView> instances = view().instances();
    assertThat(instances).hasSize(1);
    return instances.get(0);
  }

  private MemberView userMember() {
    return view().members().stream()
        .filter(member -> member.roles().contains("UserService"))
        .findFirst()
        .orElseThrow();
  }

  private void registerAndBeat(int generation, long sequence) {
    state.registrations(Map.of(SLOT, registration(SLOT, generation)));
    state.heartbeats(Map.of(SLOT, beat(generation, sequence)), NOW);
  }
}

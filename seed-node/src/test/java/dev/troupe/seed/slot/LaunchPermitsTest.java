package dev.troupe.seed.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class LaunchPermitsTest {
  private final Map<String, Integer> places = Map.of("gateway", -1, "UserService", 0);
  private final LaunchPermits permits =
      new LaunchPermits(2, service -> places.getOrDefault(service, 1));

  @Test
  void noMoreAreGrantedAtATimeThanThereAre() {
    List<LaunchPermits.Permit> asked = Stream.of("A", "A", "A").map(permits::request).toList();

    assertThat(asked).extracting(LaunchPermitsTest::isGranted).containsExactly(true, true, false);
  }

  @Test
  void onePermitGivenBackLetsOneOtherStartHoweverOftenItIsGivenBack() {
    List<LaunchPermits.Permit> asked = Stream.of("A", "A", "A", "A").map(permits::request).toList();

    asked.get(0).release();
    asked.get(0).release();

    assertThat(asked)
        .extracting(LaunchPermitsTest::isGranted)
        .containsExactly(true, true, true, false);
  }

  @Test
  void ofThoseThatWaitTheMostImportantGoesFirst() {
    LaunchPermits.Permit first = permits.request("A");
    LaunchPermits.Permit second = permits.request("A");
    LaunchPermits.Permit third = permits.request("A");
    LaunchPermits.Permit user = permits.request("UserService");
    LaunchPermits.Permit gateway = permits.request("gateway");

    first.release();
    assertThat(isGranted(gateway)).isTrue();
    assertThat(isGranted(user)).isFalse();
    second.release();
    assertThat(isGranted(user)).isTrue();
    assertThat(isGranted(third)).isFalse();
  }

  @Test
  void oneThatIsGivenBackBeforeItsTurnIsNeverGranted() {
    LaunchPermits.Permit first = permits.request("A");
    permits.request("A");
    LaunchPermits.Permit third = permits.request("A");
    LaunchPermits.Permit fourth = permits.request("A");

    third.release();
    first.release();

    assertThat(isGranted(third)).isFalse();
    assertThat(isGranted(fourth)).isTrue();
  }

  @Test
  void withoutANumberTwoAtLeastMayStart() {
    LaunchPermits unset = new LaunchPermits(0, service -> 0);

    assertThat(isGranted(unset.request("A"))).isTrue();
    assertThat(isGranted(unset.request("A"))).isTrue();
  }

  private static boolean isGranted(LaunchPermits.Permit permit) {
    return permit.granted().toCompletableFuture().isDone();
  }
}

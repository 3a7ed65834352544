package dev.troupe.node.death;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.node.TestKits;
import dev.troupe.node.registry.HeardNodes;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConfirmedDeathFailureDetectorTest {
  private static final ActorTestKit KIT = TestKits.realTime();
  private static final Config SETTINGS =
      ConfigFactory.parseString("acceptable-heartbeat-pause = 1 h")
          .withFallback(
              ConfigFactory.defaultReference().getConfig("pekko.cluster.failure-detector"));
  private static final String ADDRESS = "pekko://troupe@127.0.0.1:1";

  private final ConfirmedDeathFailureDetector detector =
      new ConfirmedDeathFailureDetector(SETTINGS, Adapter.toClassic(KIT.system()).eventStream());

  ConfirmedDeathFailureDetectorTest() {
    detector.setAddress(ADDRESS);
    detector.heartbeat();
  }

  @AfterEach
  void forget() {
    ConfirmedDeadNodes.forget(ADDRESS);
    HeardNodes.forget(ADDRESS);
  }

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void whatBeatsIsAvailable() {
    assertThat(detector.isAvailable()).isTrue();
    assertThat(detector.isMonitoring()).isTrue();
  }

  @Test
  void whatIsProvenDeadIsUnavailableAtOnce() {
    ConfirmedDeadNodes.add(ADDRESS);

    assertThat(detector.isAvailable()).isFalse();
  }

  @Test
  void whatSendsPulsesIsJudgedByThem() {
    long now = System.nanoTime();
    HeardNodes.heard(ADDRESS, now - Duration.ofMinutes(59).toNanos());
    assertThat(detector.isHeard(now)).isTrue();

    HeardNodes.heard(ADDRESS, now - Duration.ofMinutes(61).toNanos());
    assertThat(detector.isHeard(now)).isFalse();

    HeardNodes.forget(ADDRESS);
    assertThat(detector.isHeard(now)).as("by heartbeats").isTrue();
  }

  @Test
  void theProofOfOneIsNoProofOfAnother() {
    ConfirmedDeadNodes.add(ADDRESS + "2");

    assertThat(detector.isAvailable()).isTrue();
    ConfirmedDeadNodes.forget(ADDRESS + "2");
  }

  @Test
  void anAddressIsAvailableAgainWhenANewProcessIsToUseIt() {
    ConfirmedDeadNodes.add(ADDRESS);
    ConfirmedDeadNodes.forget(ADDRESS);

    assertThat(detector.isAvailable()).isTrue();
  }

  @Test
  void whoJoinsSoonAfterItsEndIsTheDeadOne() {
    long added = System.nanoTime();
    ConfirmedDeadNodes.add(ADDRESS);

    ConfirmedDeadNodes.joined(ADDRESS, added);
    assertThat(detector.isAvailable()).isFalse();

    ConfirmedDeadNodes.joined(ADDRESS, System.nanoTime() + ConfirmedDeadNodes.LATE_JOIN.toNanos());
    assertThat(detector.isAvailable()).as("another one has its address").isTrue();
  }
}

package dev.troupe.node.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.util.Version;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

final class MembershipChangesTest {
  private static final long MUCH_LATER = Duration.ofHours(1).toNanos();

  private final MembershipChanges changes = new MembershipChanges(0);

  @Test
  void aNodeThatHasJustStartedExpectsChanges() {
    assertThat(changes.areUnderWay(MembershipChanges.LASTING.toNanos() - 1)).isTrue();
    assertThat(changes.areUnderWay(MembershipChanges.LASTING.toNanos())).isFalse();
  }

  @Test
  void aMemberOnItsWayInOrOutIsAChangeForAsLongAsItTakes() {
    changes.happened(new ClusterEvent.MemberJoined(member(1, MemberStatus.joining())), 0);
    assertThat(changes.areUnderWay(MUCH_LATER)).isTrue();

    changes.happened(new ClusterEvent.MemberUp(member(1, MemberStatus.up())), 1);
    assertThat(changes.areUnderWay(MUCH_LATER)).isFalse();

    changes.happened(new ClusterEvent.MemberDowned(member(1, MemberStatus.down())), 2);
    assertThat(changes.areUnderWay(MUCH_LATER)).isTrue();

    changes.happened(
        new ClusterEvent.MemberRemoved(member(1, MemberStatus.removed()), MemberStatus.down()), 3);
    assertThat(changes.areUnderWay(MUCH_LATER)).isFalse();
  }

  @Test
  void reachabilityIsAChangeForAWhile() {
    changes.happened(new ClusterEvent.UnreachableMember(member(1, MemberStatus.up())), MUCH_LATER);

    assertThat(changes.areUnderWay(MUCH_LATER + 1)).isTrue();
    assertThat(changes.areUnderWay(MUCH_LATER + MembershipChanges.LASTING.toNanos())).isFalse();
  }

  @Test
  void theEndOfOneChangeIsNotThatOfAnother() {
    changes.happened(new ClusterEvent.MemberJoined(member(1, MemberStatus.joining())), 0);
    changes.happened(new ClusterEvent.MemberJoined(member(2, MemberStatus.joining())), 0);
    changes.happened(new ClusterEvent.MemberUp(member(1, MemberStatus.up())), 0);

    assertThat(changes.areUnderWay(MUCH_LATER)).isTrue();
  }

  private static Member member(int port, MemberStatus status) {
    return new Member(
        new UniqueAddress(
            AddressFromURIString.parse("pekko://troupe@127.0.0.1:" + port), (long) port),
        port,
        status,
        CollectionConverters.asScala(Set.of("dc-default")).toSet(),
        Version.Zero());
  }
}

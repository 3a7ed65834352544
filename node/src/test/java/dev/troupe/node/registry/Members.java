package dev.troupe.node.registry;

import java.util.Set;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.util.Version;
import scala.jdk.javaapi.CollectionConverters;

/** Members as Pekko makes them. */
final class Members {
  private Members() {}

  static Address address(int port) {
    return AddressFromURIString.parse("pekko://troupe@127.0.0.1:" + port);
  }

  /**
   * @param incarnation tells processes apart that had the same address
   * @param age 1 for the oldest
   */
  static Member member(int port, long incarnation, int age, MemberStatus status, String role) {
    return new Member(
        new UniqueAddress(address(port), incarnation),
        age,
        status,
        CollectionConverters.asScala(Set.of(role, "dc-default")).toSet(),
        Version.Zero());
  }

  static Member up(int port, int age, String role) {
    return member(port, port, age, MemberStatus.up(), role);
  }
}

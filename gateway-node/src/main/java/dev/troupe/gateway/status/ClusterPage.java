package dev.troupe.gateway.status;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.registry.Registration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /cluster}: every member, the oldest first. */
final class ClusterPage implements StatusPage {
  record Body(String status, List<Member> members, int count) {}

  /**
   * @param age rank of the member by age, 1 for the oldest
   * @param self whether the member is the gateway that answers
   * @param slot null, like {@code generation} and {@code pid}, until the member is registered
   */
  private record Member(
      String address,
      List<String> roles,
      String status,
      boolean reachable,
      int age,
      boolean leader,
      boolean self,
      @Nullable String slot,
      @Nullable Integer generation,
      @Nullable Long pid) {}

  @Override
  public Response answer(RegistryView view, Map<String, String> path) {
    List<Member> members =
        view.members().stream()
            .sorted(Comparator.comparingInt(MemberView::age))
            .map(member -> entry(member, view))
            .toList();
    return Response.ok(new Body("success", members, members.size()));
  }

  private static Member entry(MemberView member, RegistryView view) {
    Registration registration =
        view.instanceAt(member.address()).map(InstanceView::registration).orElse(null);
    return new Member(
        member.address(),
        member.roles().stream().sorted().toList(),
        member.status(),
        member.reachable(),
        member.age(),
        member.leader(),
        member.self(),
        registration == null ? null : registration.slot(),
        registration == null ? null : registration.generation(),
        registration == null ? null : registration.pid());
  }
}

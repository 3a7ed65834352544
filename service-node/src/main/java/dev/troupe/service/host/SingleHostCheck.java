package dev.troupe.service.host;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.registry.Registration;
import java.util.Comparator;
import java.util.Optional;
import org.apache.pekko.actor.AddressFromURIString;

/**
 * Keeps instances on several hosts from each having a SQLite file of their own: of those the one
 * that was there first serves.
 */
final class SingleHostCheck {
  private static final Comparator<Registration> BY_AGE =
      Comparator.comparing(Registration::registeredAt).thenComparing(Registration::slot);

  private SingleHostCheck() {}

  /**
   * @throws IllegalStateException when an instance on another host serves already
   */
  static void check(String service, RegistryView view) {
    view.members().stream()
        .filter(MemberView::self)
        .findFirst()
        .ifPresent(self -> check(service, self.address(), view));
  }

  private static void check(String service, String address, RegistryView view) {
    // An instance that has not registered yet comes after all that have.
    Optional<Registration> self = view.instanceAt(address).map(InstanceView::registration);
    view.instancesOf(service)
        .map(InstanceView::registration)
        .filter(other -> !host(other.address()).equals(host(address)))
        .filter(other -> self.isEmpty() || BY_AGE.compare(other, self.get()) < 0)
        .min(BY_AGE)
        .ifPresent(
            other -> {
              throw new IllegalStateException(
                  ("%s keeps its data in a SQLite file, and %s has one of its own on %s already."
                          + " Set troupe.storage.url to a PostgreSQL database that all hosts share")
                      .formatted(service, other.slot(), host(other.address())));
            });
  }

  private static String host(String address) {
    return AddressFromURIString.parse(address).host().getOrElse(() -> "");
  }
}

package dev.troupe.protocol.registry;

import dev.troupe.protocol.WireMessage;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.process.ProcessIdentity;
import java.time.Instant;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * What does not change while an instance lives; written to Distributed Data when it has started and
 * its readiness was checked. It counts only while the member at {@code address} is in the cluster.
 *
 * @param service the service's name; {@code seed} and {@code gateway} for those nodes
 * @param slot like {@code UserService-1}
 * @param generation how often the slot has been launched, from 1
 * @param address the node's address, like {@code pekko://troupe@127.0.0.1:25520}
 * @param sinceBoot of {@link ProcessIdentity}; null from an earlier version too
 * @param version the version of what runs there
 * @param url where it answers HTTP, of a gateway or of a program with a port; null of all others
 * @param endpoint takes the service's requests, of a service only
 * @param debuggable whether a debugger may stop its threads, so that its silence says nothing; an
 *     earlier version neither says nor knows it
 */
public record Registration(
    String service,
    String slot,
    int generation,
    String address,
    long pid,
    Instant startedAt,
    @Nullable String sinceBoot,
    Instant registeredAt,
    String version,
    @Nullable String url,
    @Nullable ActorRef<ServiceRequest> endpoint,
    boolean debuggable)
    implements WireMessage {

  /** Of a process that no debugger can stop. */
  public Registration(
      String service,
      String slot,
      int generation,
      String address,
      long pid,
      Instant startedAt,
      @Nullable String sinceBoot,
      Instant registeredAt,
      String version,
      @Nullable String url,
      @Nullable ActorRef<ServiceRequest> endpoint) {
    this(
        service,
        slot,
        generation,
        address,
        pid,
        startedAt,
        sinceBoot,
        registeredAt,
        version,
        url,
        endpoint,
        false);
  }

  /** What tells the process of the instance from all others of its machine. */
  public ProcessIdentity process() {
    return new ProcessIdentity(pid, startedAt, sinceBoot);
  }
}

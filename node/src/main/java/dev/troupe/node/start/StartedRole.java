package dev.troupe.node.start;

import dev.troupe.node.health.CallCounters;
import dev.troupe.node.health.MonitoredWork;
import dev.troupe.node.health.ReadinessCheck;
import dev.troupe.node.health.StallDetector;
import dev.troupe.node.health.WorkProgress;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.launch.DebugPorts;
import dev.troupe.protocol.process.ProcessIdentity;
import dev.troupe.protocol.registry.Registration;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * A role that has started: what it offers to the cluster, and how the node checks and drains it.
 *
 * @param version of the service or node that the process hosts
 * @param descriptor of the hosted service; null if the role is no service
 * @param endpoint takes the requests of the service; null if the role is no service
 * @param url where the role answers HTTP; null if it does not
 * @param check whether the role can do its work
 * @param drain makes the role refuse new requests; completes when all requests it took are answered
 * @param work whose progress is watched; null if a free thread of the default dispatcher is enough
 *     of a sign that the role works
 */
public record StartedRole(
    String version,
    @Nullable ServiceDescriptor descriptor,
    @Nullable ActorRef<ServiceRequest> endpoint,
    @Nullable String url,
    CallCounters counters,
    ReadinessCheck check,
    Supplier<CompletionStage<Void>> drain,
    @Nullable MonitoredWork work) {

  /** A role without work of its own to watch. */
  public StartedRole(
      String version,
      @Nullable ServiceDescriptor descriptor,
      @Nullable ActorRef<ServiceRequest> endpoint,
      @Nullable String url,
      CallCounters counters,
      ReadinessCheck check,
      Supplier<CompletionStage<Void>> drain) {
    this(version, descriptor, endpoint, url, counters, check, drain, null);
  }

  /** A role that has nothing to check and nothing to drain. */
  public static StartedRole plain(String version, @Nullable String url) {
    return new StartedRole(
        version,
        null,
        null,
        url,
        new CallCounters(),
        () -> {},
        () -> CompletableFuture.completedStage(null));
  }

  Registration registration(NodeIdentity identity, String address) {
    ProcessIdentity process = ProcessIdentity.of(ProcessHandle.current());
    return new Registration(
        identity.service(),
        identity.slot(),
        identity.generation(),
        address,
        process.pid(),
        process.startedAt(),
        process.sinceBoot(),
        Instant.now(),
        version,
        url,
        endpoint,
        DebugPorts.isThisProcessDebuggable());
  }

  /**
   * @param defaultDispatcher runs the probes if the role has no work of its own to watch
   * @param suspectAfter how long an instance may send no heartbeat before it gets no new requests
   */
  StallDetector stallDetector(Consumer<Runnable> defaultDispatcher, Duration suspectAfter) {
    MonitoredWork watched =
        work == null ? new MonitoredWork(new WorkProgress(), defaultDispatcher) : work;
    // A breakpoint stops a handler for as long as somebody looks at it.
    if (DebugPorts.isThisProcessDebuggable()) {
      return new StallDetector(watched, Integer.MAX_VALUE);
    }
    // One look each second; the first only sends the probe.
    long looks = Math.max(2, suspectAfter.toSeconds() - 1);
    return new StallDetector(watched, Math.toIntExact(looks));
  }
}

package dev.troupe.node.start;

import dev.troupe.node.health.CallCounters;
import dev.troupe.node.health.MonitoredWork;
import dev.troupe.node.health.ReadinessCheck;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * What a started role offers to the cluster and how the node looks after it.
 *
 * @param version the version of what runs here
 * @param descriptor of the hosted service, if it is one
 * @param endpoint takes the service's requests, if it is one
 * @param url where it answers HTTP, if it does
 * @param check whether the role can do its work
 * @param drain refuses what is new, and completes when all it took is answered
 * @param work what tells whether the role's work goes on; null if that is whether the default
 *     dispatcher has a thread free
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

  /** A role whose work is done wherever there is a thread. */
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

  /** Something that has nothing to check and nothing to drain, such as the seed. */
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
}

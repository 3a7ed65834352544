package dev.troupe.service.program;

import dev.troupe.node.health.CallCounters;
import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.registry.ProgramTraffic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Owns what the other nodes report of their requests to the program of this node. The requests
 * themselves go to the port of the program.
 *
 * <p>It receives the reports, requests of services that take the program for a service, and the
 * commands of its node. These have no type in common, so each sender gets a reference narrowed to
 * its own type.
 */
final class ProgramEndpoint extends AbstractBehavior<Object> {
  /**
   * Asks the other nodes to send no more requests.
   *
   * @param drained completes when none is in flight
   */
  record Drain(CompletableFuture<Void> drained) {}

  private enum LookAgain {
    INSTANCE
  }

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(200);

  private final TimerScheduler<Object> timers;
  private final String service;
  private final CallCounters counters;
  private final Supplier<RegistryView> view;
  private final Map<ActorRef<ProgramTraffic>, ProgramTraffic.Report> reports = new HashMap<>();
  private CompletableFuture<Void> drained = new CompletableFuture<>();
  private boolean draining;

  private ProgramEndpoint(
      ActorContext<Object> context,
      TimerScheduler<Object> timers,
      String service,
      CallCounters counters,
      Supplier<RegistryView> view) {
    super(context);
    this.timers = timers;
    this.service = service;
    this.counters = counters;
    this.view = view;
  }

  static Behavior<Object> create(
      String service, CallCounters counters, Supplier<RegistryView> view) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new ProgramEndpoint(context, timers, service, counters, view)));
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessage(ProgramTraffic.Report.class, this::onReport)
        .onMessage(ServiceRequest.class, this::onRequest)
        .onMessage(Drain.class, this::onDrain)
        .onMessageEquals(LookAgain.INSTANCE, this::onLookAgain)
        .build();
  }

  private Behavior<Object> onReport(ProgramTraffic.Report report) {
    ProgramTraffic.Report before = reports.put(report.sender(), report);
    counters.add(
        report.inFlight() - (before == null ? 0 : before.inFlight()),
        report.requests() - (before == null ? 0 : before.requests()),
        report.errors() - (before == null ? 0 : before.errors()));
    if (draining && before == null) {
      report.sender().tell(new ProgramTraffic.Leaving());
    }
    return onLookAgain();
  }

  private Behavior<Object> onRequest(ServiceRequest request) {
    request
        .replyTo()
        .tell(
            ServiceReply.error(
                request,
                ReplyStatus.NOT_FOUND,
                "%s is a program and has no action %s (expected: a request over HTTP)"
                    .formatted(service, request.action())));
    return this;
  }

  private Behavior<Object> onDrain(Drain drain) {
    draining = true;
    drained = drain.drained();
    reports.keySet().forEach(sender -> sender.tell(new ProgramTraffic.Leaving()));
    timers.startTimerWithFixedDelay(LookAgain.INSTANCE, LOOK_INTERVAL);
    return onLookAgain();
  }

  private Behavior<Object> onLookAgain() {
    removeGone();
    if (draining && reports.values().stream().allMatch(report -> report.inFlight() == 0)) {
      timers.cancel(LookAgain.INSTANCE);
      drained.complete(null);
    }
    return this;
  }

  // A node that is gone reports no more.
  private void removeGone() {
    Set<String> members =
        view.get().members().stream().map(MemberView::address).collect(Collectors.toSet());
    reports
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone =
                  !members.isEmpty()
                      && entry.getKey().path().address().hasGlobalScope()
                      && !members.contains(entry.getKey().path().address().toString());
              if (gone) {
                counters.add(-entry.getValue().inFlight(), 0, 0);
              }
              return gone;
            });
  }
}

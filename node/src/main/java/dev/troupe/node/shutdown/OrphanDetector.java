package dev.troupe.node.shutdown;

import dev.troupe.node.registry.RegistryActor;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.NodeNames;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Owns the time since this node last saw a supervisor, and ends the node when it is too long. */
public final class OrphanDetector extends AbstractBehavior<OrphanDetector.Command> {
  /** What the detector can be told. */
  public sealed interface Command {}

  private record Changed(RegistryView view) implements Command {}

  private enum StillAlone implements Command {
    INSTANCE
  }

  private enum GraceOver implements Command {
    INSTANCE
  }

  // A seed node that is relaunched is back sooner.
  private static final Duration WARN_AFTER = Duration.ofSeconds(30);

  private final TimerScheduler<Command> timers;
  private final Duration grace;
  private final Runnable leave;

  private OrphanDetector(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Duration grace,
      Runnable leave,
      ActorRef<RegistryActor.Command> registry) {
    super(context);
    this.timers = timers;
    this.grace = grace;
    this.leave = leave;
    startTimers();
    registry.tell(
        new RegistryActor.Watch(context.messageAdapter(RegistryView.class, Changed::new)));
  }

  /**
   * @param leave ends the process in order
   */
  public static Behavior<Command> create(
      Duration grace, Runnable leave, ActorRef<RegistryActor.Command> registry) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new OrphanDetector(context, timers, grace, leave, registry)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Changed.class, this::onChanged)
        .onMessage(StillAlone.class, alone -> onStillAlone())
        .onMessage(GraceOver.class, over -> onGraceOver())
        .build();
  }

  private Behavior<Command> onChanged(Changed changed) {
    boolean supervised =
        changed.view().members().stream()
            .anyMatch(
                member ->
                    member.roles().contains(NodeNames.SEED) && member.isUp() && member.reachable());
    if (supervised) {
      timers.cancelAll();
      return this;
    }
    if (!timers.isTimerActive(GraceOver.INSTANCE)) {
      getContext().getLog().info("no supervisor");
      startTimers();
    }
    return this;
  }

  private void startTimers() {
    timers.startSingleTimer(GraceOver.INSTANCE, grace);
    if (WARN_AFTER.compareTo(grace) < 0) {
      timers.startSingleTimer(StillAlone.INSTANCE, WARN_AFTER);
    }
  }

  private Behavior<Command> onStillAlone() {
    getContext()
        .getLog()
        .warn(
            "no supervisor for {}; leaving in {} unless one comes back (troupe.orphan-grace):"
                + " bin/troupe up starts one",
            WARN_AFTER,
            grace.minus(WARN_AFTER));
    return this;
  }

  private Behavior<Command> onGraceOver() {
    getContext().getLog().error("no supervisor for {}: leaving (troupe.orphan-grace)", grace);
    leave.run();
    return Behaviors.stopped();
  }
}

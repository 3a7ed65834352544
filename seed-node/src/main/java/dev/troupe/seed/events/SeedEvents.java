package dev.troupe.seed.events;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.Initiator;
import dev.troupe.protocol.control.Rollout;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.launch.SeedExit;
import dev.troupe.seed.process.Exit;
import java.time.Duration;
import java.time.Instant;

/** Events that no state of a slot tells: of the seed node itself, and of commands of operators. */
public final class SeedEvents {
  private SeedEvents() {}

  /** How an earlier seed node ended, in words. */
  public static String reason(SeedExit end) {
    return end.reason() == null ? new Exit(end.exitCode(), end.log()).reason() : end.reason();
  }

  /** The seed node before this one ended, as its launcher saw. */
  public static EventJournal.Command exited(SlotStatus self, SeedExit end) {
    return new EventJournal.Happened(exited(self.slot(), end, self.since()));
  }

  /**
   * @param launched the start of this seed node. The launcher knows the end of the one before less
   *     exactly, so an end after this start is shown at this start
   */
  static Event exited(String slot, SeedExit end, Instant launched) {
    Instant at = end.at().isAfter(launched) ? launched : end.at();
    return Event.of(at, slot, EventKind.EXITED, end.generation(), end.pid())
        .exited(end.exitCode(), end.log())
        .by(end.by())
        .withReason(reason(end));
  }

  /** This seed node began at {@code self.since()}. */
  public static EventJournal.Command launched(SlotStatus self) {
    return new EventJournal.Happened(
        event(self.since(), EventKind.LAUNCHED, self).withAddress(self.address()));
  }

  /** This seed node supervises and answers operators. */
  public static EventJournal.Command ready(SlotStatus self, Instant at) {
    return new EventJournal.Happened(
        event(at, EventKind.READY, self).readyAfter(Duration.between(self.since(), at).toMillis()));
  }

  /** This seed node has stopped all slots and ends now. */
  public static EventJournal.Command stopped(SlotStatus self, Instant at) {
    return new EventJournal.Happened(
        event(at, EventKind.STOPPED, self)
            .by(Initiator.OPERATOR)
            .withReason("by order, after all slots"));
  }

  /** An operator gives a service this many slots. */
  public static EventJournal.Command scaled(String service, int instances, Instant at) {
    return service(service, EventKind.SCALED, "by order, to " + instances, at);
  }

  /** An operator lets the process of a slot log at another level, in these words. */
  public static EventJournal.Command logLevel(SlotStatus slot, String what, Instant at) {
    return new EventJournal.Happened(
        event(at, EventKind.LOG_LEVEL, slot)
            .by(Initiator.OPERATOR)
            .withReason("by order, " + what));
  }

  /** An operator has the processes of a service replaced one after the other. */
  public static EventJournal.Command rolling(String service, Instant at) {
    return service(service, EventKind.ROLLING, "by order, one process after the other", at);
  }

  /** An operator has the processes of a service replaced by ones of another version. */
  public static EventJournal.Command deploying(String service, String version, Instant at) {
    return service(service, EventKind.DEPLOYING, "by order, version " + version, at);
  }

  /** A deployment has ended. */
  public static EventJournal.Command deployed(Rollout ended, Instant at) {
    EventKind kind =
        ended.state() == Rollout.State.DONE ? EventKind.DEPLOYED : EventKind.DEPLOYMENT_FAILED;
    return new EventJournal.Happened(
        Event.of(at, ended.service(), kind, 0, null).withReason(ended.text()));
  }

  private static EventJournal.Command service(
      String service, EventKind kind, String reason, Instant at) {
    return new EventJournal.Happened(
        Event.of(at, service, kind, 0, null).by(Initiator.OPERATOR).withReason(reason));
  }

  private static Event event(Instant at, EventKind kind, SlotStatus self) {
    return Event.of(at, self.slot(), kind, self.generation(), self.pid());
  }
}

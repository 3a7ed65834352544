package dev.troupe.node.call;

import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.registry.DeathCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Suspends actions of one service that processes die of. An action is suspended when two processes
 * that had the same request, one after the other, ended by themselves, and no instance answered it
 * in between. The router may have sent it twice, or a client. A process that somebody killed says
 * nothing of the requests it had. After a pause one call at a time goes through as a probe; its
 * answer ends the suspension, and its death begins another pause. Confined to the router.
 */
final class ActionGuard {
  /** Why a call is not let in, and when it makes sense to try again. */
  record Refusal(String why, Duration retryAfter) {}

  // Processes that died together are noticed to be dead within this time. What was sent to one of
  // them meanwhile is no second try, unless it is known that they were not killed.
  private static final long SAME_DEATH_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long REMEMBERED_NANOS = Duration.ofMinutes(5).toNanos();
  private static final int MOST_REMEMBERED = 100;

  private record Death(InstanceHandle target, long atNanos) {}

  private static final class Suspect {
    // By the content of the request, so that one a client sends again is recognised.
    final Map<Integer, Death> diedOnce = new LinkedHashMap<>();
    boolean suspended;
    boolean probing;
    long pausedAtNanos;
    long refused;
    List<String> slots = List.of();
  }

  private final String service;
  private final Duration pause;
  private final Map<String, Suspect> suspects = new HashMap<>();

  /**
   * @param pause how long a suspended action is not called
   */
  ActionGuard(String service, Duration pause) {
    this.service = service;
    this.pause = pause;
  }

  /** Lets a call in, perhaps as a probe of a suspended action; null when it is let in. */
  @Nullable Refusal enter(PendingCall pending, long nowNanos) {
    if (suspects.isEmpty()) {
      return null;
    }
    Suspect suspect = suspects.get(pending.call().action());
    if (suspect == null || !suspect.suspended) {
      return null;
    }
    Duration left = remaining(suspect, nowNanos);
    if (left.isZero() && !suspect.probing) {
      suspect.probing = true;
      pending.probes();
      return null;
    }
    suspect.refused++;
    return refusal(pending.call().action(), suspect, left);
  }

  /** What callers of a suspended action are told; null when it is not suspended. */
  @Nullable Refusal refusal(String action, long nowNanos) {
    Suspect suspect = suspects.get(action);
    return suspect == null || !suspect.suspended
        ? null
        : refusal(action, suspect, remaining(suspect, nowNanos));
  }

  /**
   * The process that had the call has died.
   *
   * @return whether the action is suspended by it
   */
  boolean died(PendingCall pending, long nowNanos) {
    InstanceHandle target = pending.target();
    pending.died(target);
    if (target.death() == DeathCause.OTHERS) {
      return false;
    }
    Suspect suspect = suspects.computeIfAbsent(pending.call().action(), action -> new Suspect());
    if (pending.isProbe()) {
      return suspend(suspect, slots(List.of(target)), nowNanos);
    }
    Integer content = content(pending.call());
    Death earlier = suspect.diedOnce.get(content);
    if (earlier != null && isSecondTry(pending, earlier)) {
      return suspend(suspect, slots(List.of(earlier.target(), target)), nowNanos);
    }
    suspect.diedOnce.values().removeIf(death -> nowNanos - death.atNanos() > REMEMBERED_NANOS);
    if (suspect.diedOnce.size() < MOST_REMEMBERED) {
      suspect.diedOnce.putIfAbsent(content, new Death(target, nowNanos));
    }
    return false;
  }

  private static boolean isSecondTry(PendingCall pending, Death earlier) {
    long after = pending.sentAtNanos() - earlier.atNanos();
    boolean seen =
        pending.target().death() == DeathCause.ITSELF
            && earlier.target().death() == DeathCause.ITSELF;
    return pending.target() != earlier.target()
        && after >= (seen ? 0 : SAME_DEATH_NANOS)
        && after <= REMEMBERED_NANOS;
  }

  /**
   * An instance has answered the call and lives.
   *
   * @return whether this ends the suspension of its action
   */
  boolean answered(PendingCall pending) {
    if (suspects.isEmpty()) {
      return false;
    }
    String action = pending.call().action();
    Suspect suspect = suspects.get(action);
    if (suspect == null) {
      return false;
    }
    if (pending.isProbe()) {
      suspects.remove(action);
      return true;
    }
    suspect.diedOnce.remove(content(pending.call()));
    if (!suspect.suspended && suspect.diedOnce.isEmpty()) {
      suspects.remove(action);
    }
    return false;
  }

  /** The call has ended, however it did. */
  void left(PendingCall pending) {
    if (pending.isProbe()) {
      Suspect suspect = suspects.get(pending.call().action());
      if (suspect != null) {
        suspect.probing = false;
      }
    }
  }

  List<CallReport.SuspendedAction> report(long nowNanos) {
    if (suspects.isEmpty()) {
      return List.of();
    }
    List<CallReport.SuspendedAction> suspended = new ArrayList<>();
    suspects.forEach(
        (action, suspect) -> {
          if (suspect.suspended) {
            suspended.add(
                new CallReport.SuspendedAction(
                    action, suspect.slots, seconds(remaining(suspect, nowNanos)), suspect.refused));
          }
        });
    suspended.sort(Comparator.comparing(CallReport.SuspendedAction::action));
    return suspended;
  }

  private boolean suspend(Suspect suspect, List<String> slots, long nowNanos) {
    boolean isNew = !suspect.suspended;
    suspect.suspended = true;
    suspect.probing = false;
    suspect.pausedAtNanos = nowNanos;
    suspect.slots = slots;
    suspect.diedOnce.clear();
    return isNew;
  }

  private Refusal refusal(String action, Suspect suspect, Duration left) {
    String tried = left.isZero() ? "; one call tries it now" : "";
    return new Refusal(
        "%s of %s is suspended: %s died with the same request in hand%s"
            .formatted(action, service, String.join(" and ", suspect.slots), tried),
        left);
  }

  private Duration remaining(Suspect suspect, long nowNanos) {
    return Duration.ofNanos(Math.max(0, pause.toNanos() - (nowNanos - suspect.pausedAtNanos)));
  }

  private static long seconds(Duration left) {
    return (left.toMillis() + 999) / 1000;
  }

  private static List<String> slots(List<InstanceHandle> targets) {
    return targets.stream().map(InstanceHandle::slot).toList();
  }

  // A hash is enough: that two contents have the same costs a pause, and that is improbable.
  private static Integer content(OutboundCall call) {
    return 31 * (31 * call.path().hashCode() + call.query().hashCode()) + call.data().hashCode();
  }
}

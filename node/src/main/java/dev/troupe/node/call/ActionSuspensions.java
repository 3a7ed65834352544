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
 * Suspends those actions of one service whose requests end processes. An action is suspended when
 * two processes that had the same request, one after the other, ended by themselves, and no
 * instance answered the request in between. It does not matter whether the router or a client sent
 * the request again. A process that was killed from outside does not count. After a pause one call
 * at a time goes through as a probe: its answer ends the suspension, and the death of its process
 * begins another pause. Confined to the router.
 */
final class ActionSuspensions {
  // Two processes with one common cause of death are found dead within this time. A request that
  // was
  // sent to the second one so soon after the first death counts as a second try only if both are
  // known to have ended by themselves.
  private static final long SAME_DEATH_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long REMEMBERED_NANOS = Duration.ofMinutes(5).toNanos();
  private static final int MOST_REMEMBERED = 100;

  private record Death(InstanceHandle instance, long atNanos) {}

  /** An action that a process had when it died. */
  private static final class Suspect {
    // By the content of the request, so that a request that a client sends again is recognised.
    final Map<Integer, Death> firstDeaths = new LinkedHashMap<>();
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
   * @param pause the time from a suspension, or a failed probe, to the next probe
   */
  ActionSuspensions(String service, Duration pause) {
    this.service = service;
    this.pause = pause;
  }

  /**
   * Admits a new call, as a probe if its action is suspended and the pause is over.
   *
   * @return null when the call is admitted
   */
  @Nullable Refusal admit(PendingCall call, long nowNanos) {
    if (suspects.isEmpty()) {
      return null;
    }
    Suspect suspect = suspects.get(call.outbound().action());
    if (suspect == null || !suspect.suspended) {
      return null;
    }
    Duration left = remaining(suspect, nowNanos);
    if (left.isZero() && !suspect.probing) {
      suspect.probing = true;
      call.markProbe();
      return null;
    }
    suspect.refused++;
    return refusal(call.outbound().action(), suspect, left);
  }

  /** Null when {@code action} is not suspended. */
  @Nullable Refusal refusal(String action, long nowNanos) {
    Suspect suspect = suspects.get(action);
    return suspect == null || !suspect.suspended
        ? null
        : refusal(action, suspect, remaining(suspect, nowNanos));
  }

  /**
   * The process that had {@code call} has died.
   *
   * @return what callers of the action are told, if it is suspended from now on and was not before;
   *     null otherwise
   */
  @Nullable Refusal onProcessDied(PendingCall call, long nowNanos) {
    String action = call.outbound().action();
    InstanceHandle instance = call.instance();
    if (instance.deathCause() == DeathCause.OTHERS) {
      return null;
    }
    Suspect suspect = suspects.computeIfAbsent(action, any -> new Suspect());
    if (call.isProbe()) {
      return suspend(action, suspect, List.of(instance.slot()), nowNanos);
    }
    Integer content = contentHash(call.outbound());
    Death earlier = suspect.firstDeaths.get(content);
    if (earlier != null && isSecondTry(call, earlier)) {
      return suspend(
          action, suspect, List.of(earlier.instance().slot(), instance.slot()), nowNanos);
    }
    suspect.firstDeaths.values().removeIf(death -> nowNanos - death.atNanos() > REMEMBERED_NANOS);
    if (suspect.firstDeaths.size() < MOST_REMEMBERED) {
      suspect.firstDeaths.putIfAbsent(content, new Death(instance, nowNanos));
    }
    return null;
  }

  private static boolean isSecondTry(PendingCall call, Death earlier) {
    long after = call.sentAtNanos() - earlier.atNanos();
    boolean bothByThemselves =
        call.instance().deathCause() == DeathCause.ITSELF
            && earlier.instance().deathCause() == DeathCause.ITSELF;
    return call.instance() != earlier.instance()
        && after >= (bothByThemselves ? 0 : SAME_DEATH_NANOS)
        && after <= REMEMBERED_NANOS;
  }

  /**
   * An instance has answered {@code call}, so its process has survived the request.
   *
   * @return whether the answer ends the suspension of the action
   */
  boolean onAnswered(PendingCall call) {
    if (suspects.isEmpty()) {
      return false;
    }
    String action = call.outbound().action();
    Suspect suspect = suspects.get(action);
    if (suspect == null) {
      return false;
    }
    if (call.isProbe()) {
      suspects.remove(action);
      return true;
    }
    suspect.firstDeaths.remove(contentHash(call.outbound()));
    if (!suspect.suspended && suspect.firstDeaths.isEmpty()) {
      suspects.remove(action);
    }
    return false;
  }

  /** An admitted call has ended, whatever its end. Another probe may follow a probe. */
  void onEnded(PendingCall call) {
    if (call.isProbe()) {
      Suspect suspect = suspects.get(call.outbound().action());
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

  private @Nullable Refusal suspend(
      String action, Suspect suspect, List<String> slots, long nowNanos) {
    boolean isNew = !suspect.suspended;
    suspect.suspended = true;
    suspect.probing = false;
    suspect.pausedAtNanos = nowNanos;
    suspect.slots = slots;
    suspect.firstDeaths.clear();
    return isNew ? refusal(action, suspect, pause) : null;
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

  // A hash is enough: equal hashes of two contents are improbable, and cost one needless pause.
  private static Integer contentHash(OutboundCall call) {
    return 31 * (31 * call.path().hashCode() + call.query().hashCode()) + call.data().hashCode();
  }
}

package dev.troupe.seed.supervisor;

import dev.troupe.protocol.control.Rollout;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.seed.slot.SlotActor;
import dev.troupe.seed.slot.SlotSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;

/** Carries out rolling restarts, one per service at a time. Confined to the supervisor. */
final class Rollouts {
  private final Fleet fleet;
  private final Logger log;
  private final Map<String, Running> running = new HashMap<>();
  private final Map<String, Rollout> newest = new LinkedHashMap<>();

  private record Running(RollingRestart restart, Optional<SlotSpec> extra) {}

  Rollouts(Fleet fleet, Logger log) {
    this.fleet = fleet;
    this.log = log;
  }

  /**
   * Begins to replace all processes of {@code service}.
   *
   * @param slots of the service: at least one, without an {@code extra} at least two
   * @param extra a slot that may serve beside them for the time being
   */
  void start(String service, List<SlotStatus> slots, Optional<SlotSpec> extra) {
    List<String> names = slots.stream().map(SlotStatus::slot).toList();
    log.info("[{}] rolling restart of {}", service, names);
    running.put(service, new Running(new RollingRestart(names, extra.map(SlotSpec::slot)), extra));
    advance();
  }

  boolean isRolling(String service) {
    return running.containsKey(service);
  }

  /** Ends all of them where they are. */
  void cancel() {
    running.clear();
  }

  List<Rollout> all() {
    return List.copyOf(newest.values());
  }

  /** Takes the steps that the slots' states allow now. */
  void advance() {
    Map.copyOf(running).forEach(this::advance);
  }

  private void advance(String service, Running now) {
    int lastGeneration =
        now.extra().map(extra -> fleet.generations().getOrDefault(extra.slot(), 0)).orElse(0);
    RollingRestart.Step step = now.restart().next(fleet.byName(), lastGeneration);
    newest.put(service, new Rollout(service, Rollout.State.ROLLING, now.restart().progress()));
    if (step instanceof RollingRestart.AddExtra) {
      fleet.add(now.extra().orElseThrow());
    } else if (step instanceof RollingRestart.RestartSlot next) {
      fleet.tell(next.slot(), SlotActor.Restart.INSTANCE);
    } else if (step instanceof RollingRestart.RetireExtra retire) {
      fleet.retire(retire.slot());
    } else if (step instanceof RollingRestart.GiveUp giveUp) {
      giveUp(service, now, giveUp);
    } else if (step instanceof RollingRestart.Done) {
      end(service, Rollout.State.DONE, "all replaced");
      log.info("[{}] rolling restart done", service);
    }
  }

  // What did not get ready is not left running beside the others; what stands in for it is.
  private void giveUp(String service, Running now, RollingRestart.GiveUp giveUp) {
    String text = giveUp.failed() + " did not become ready: " + giveUp.why();
    Optional<String> extra = now.extra().map(SlotSpec::slot);
    if (extra.equals(Optional.of(giveUp.failed()))) {
      fleet.retire(giveUp.failed());
    } else if (extra.isPresent()) {
      text += "; %s serves in its place until the service is scaled".formatted(extra.get());
    }
    end(service, Rollout.State.FAILED, text);
    log.error("[{}] rolling restart given up: {}", service, text);
  }

  private void end(String service, Rollout.State state, String text) {
    running.remove(service);
    newest.put(service, new Rollout(service, state, text));
  }
}

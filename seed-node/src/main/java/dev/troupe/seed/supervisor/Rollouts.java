package dev.troupe.seed.supervisor;

import dev.troupe.protocol.control.Rollout;
import dev.troupe.seed.slot.LifecycleEvent;
import dev.troupe.seed.slot.SlotSpec;
import dev.troupe.seed.slot.Ticker;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Performs rolling restarts and scalings, one per service at a time, and keeps how the last of them
 * ended. Confined to the supervisor.
 */
final class Rollouts {
  private static final int MOST_KEPT = 32;

  private final Slots slots;
  private final Ticker ticker;
  private final Logger log;
  private final Map<String, Active> active = new HashMap<>();
  private final Map<Long, Rollout> kept =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Rollout> eldest) {
          return size() > MOST_KEPT;
        }
      };
  private long lastId;

  private record Active(long id, RolloutPlan plan, Optional<SlotSpec> extra) {}

  Rollouts(Slots slots, Ticker ticker, Logger log) {
    this.slots = slots;
    this.ticker = ticker;
    this.log = log;
  }

  /**
   * Begins, in place of what was done to the service before.
   *
   * @param extra a slot that may serve beside the others for the time being
   * @return the id of the rollout
   */
  long start(String service, Rollout.Kind kind, RolloutPlan plan, Optional<SlotSpec> extra) {
    Active earlier = active.get(service);
    lastId++;
    if (earlier != null) {
      end(service, earlier, Rollout.State.FAILED, "replaced by a later " + kind.label());
    }
    kept.put(lastId, new Rollout(lastId, service, kind, Rollout.State.ROLLING, plan.progress()));
    active.put(service, new Active(lastId, plan, extra));
    advance();
    return lastId;
  }

  /** What is being done to the service now. */
  Optional<Rollout.Kind> active(String service) {
    Active now = active.get(service);
    return now == null
        ? Optional.empty()
        : Optional.ofNullable(kept.get(now.id())).map(Rollout::kind);
  }

  boolean isIdle() {
    return active.isEmpty();
  }

  /** Ends all of them where they are. */
  void cancel(String why) {
    Map.copyOf(active).forEach((service, now) -> end(service, now, Rollout.State.FAILED, why));
  }

  /** Those under way and the last that ended, the oldest first. */
  List<Rollout> all() {
    return List.copyOf(kept.values());
  }

  /** Takes the steps that time and the slots' states allow now. */
  void advance() {
    Map.copyOf(active).forEach(this::advance);
  }

  private void advance(String service, Active now) {
    RolloutPlan.Step step = now.plan().next(slots.byName(), ticker.now());
    keep(now.id(), Rollout.State.ROLLING, now.plan().progress());
    if (step instanceof RolloutPlan.AddExtra) {
      slots.add(now.extra().orElseThrow());
    } else if (step instanceof RolloutPlan.RestartSlot next) {
      slots.tell(next.slot(), LifecycleEvent.Order.RESTART);
    } else if (step instanceof RolloutPlan.Retire retire) {
      slots.retire(retire.slot());
    } else if (step instanceof RolloutPlan.GiveUp giveUp) {
      giveUp.retire().ifPresent(slots::retire);
      end(service, now, Rollout.State.FAILED, giveUp.why());
    } else if (step instanceof RolloutPlan.Done done) {
      end(service, now, Rollout.State.DONE, done.text());
    }
  }

  private void end(String service, Active now, Rollout.State state, String text) {
    active.remove(service);
    Rollout ended = keep(now.id(), state, text);
    if (ended == null) {
      return;
    }
    if (state == Rollout.State.DONE) {
      log.info("[{}] {} done: {}", service, ended.kind().label(), text);
    } else {
      log.error("[{}] {} given up: {}", service, ended.kind().label(), text);
    }
  }

  private @Nullable Rollout keep(long id, Rollout.State state, String text) {
    return kept.computeIfPresent(id, (key, rollout) -> rollout.at(state, text));
  }
}

package dev.troupe.seed.supervisor;

import dev.troupe.protocol.control.Rollout;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.seed.slot.LifecycleEvent;
import dev.troupe.seed.slot.SlotSpec;
import dev.troupe.seed.slot.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Performs rolling restarts, scalings and deployments, one per service at a time, and remembers how
 * the last of them ended. A {@link Plan} decides each step from what the slots report. Confined to
 * the supervisor's actor.
 */
final class Rollouts {
  /** What a plan wants done now. */
  sealed interface Step {}

  /** Start the extra slot, which serves while the others are restarted. */
  record AddExtra(String slot) implements Step {}

  record RestartSlot(String slot) implements Step {}

  record RestartSlots(List<String> slots) implements Step {
    RestartSlots {
      slots = List.copyOf(slots);
    }
  }

  /** Stop the slot, then forget it. */
  record Retire(String slot) implements Step {}

  /** Do nothing until a slot changes or time passes. */
  enum Await implements Step {
    INSTANCE
  }

  /** The rollout has reached its end. */
  record Done(String text) implements Step {}

  /**
   * The rollout cannot reach its end.
   *
   * @param why the states of the slots that prevent it
   * @param retire a slot that must not be left running
   * @param left an extra slot that goes on serving beside the others
   */
  record GiveUp(String why, Optional<String> retire, Optional<String> left) implements Step {
    GiveUp(String why, Optional<String> retire) {
      this(why, retire, Optional.empty());
    }

    String text() {
      return left.map(
              extra -> "%s; %s serves beside it until the service is scaled".formatted(why, extra))
          .orElse(why);
    }
  }

  /** Decides the steps by which a service reaches what an operator wants. */
  interface Plan {
    /**
     * The next step that the states of the slots allow. The caller asks again when a slot has
     * changed, and once a second.
     *
     * @param slots the last status of each slot, by name
     * @param now by the ticker
     */
    Step next(Map<String, SlotStatus> slots, Duration now);

    /** The progress in words. */
    String progress();
  }

  private static final int MOST_KEPT = 32;

  private final Slots slots;
  private final Ticker ticker;
  private final Consumer<Rollout> ended;
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

  private record Active(long id, Plan plan, Optional<SlotSpec> extra) {}

  /**
   * @param ended is told of each rollout that has ended
   */
  Rollouts(Slots slots, Ticker ticker, Consumer<Rollout> ended, Logger log) {
    this.slots = slots;
    this.ticker = ticker;
    this.ended = ended;
    this.log = log;
  }

  /**
   * Begins a rollout. An earlier rollout of the service that has not ended counts as failed.
   *
   * @param extra a slot that the plan may start to serve beside the others
   * @return the id of the rollout
   */
  long start(String service, Rollout.Kind kind, Plan plan, Optional<SlotSpec> extra) {
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

  /** The kind of the rollout of the service that has not ended yet. */
  Optional<Rollout.Kind> active(String service) {
    Active now = active.get(service);
    return now == null
        ? Optional.empty()
        : Optional.ofNullable(kept.get(now.id())).map(Rollout::kind);
  }

  boolean isIdle() {
    return active.isEmpty();
  }

  /** Ends all rollouts as failed; the slots stay as they are. */
  void cancel(String why) {
    Map.copyOf(active).forEach((service, now) -> end(service, now, Rollout.State.FAILED, why));
  }

  /** The active rollouts and the last that ended, the oldest first. */
  List<Rollout> all() {
    return List.copyOf(kept.values());
  }

  /** Takes the steps that the states of the slots and the time allow now. */
  void advance() {
    Map.copyOf(active).forEach(this::advance);
  }

  private void advance(String service, Active now) {
    Step step = now.plan().next(slots.byName(), ticker.now());
    keep(now.id(), Rollout.State.ROLLING, now.plan().progress());
    if (step instanceof AddExtra) {
      slots.add(now.extra().orElseThrow());
    } else if (step instanceof RestartSlot next) {
      slots.tell(next.slot(), LifecycleEvent.Order.RESTART);
    } else if (step instanceof RestartSlots all) {
      all.slots().forEach(slot -> slots.tell(slot, LifecycleEvent.Order.RESTART));
    } else if (step instanceof Retire retire) {
      slots.retire(retire.slot());
    } else if (step instanceof GiveUp giveUp) {
      giveUp.retire().ifPresent(slots::retire);
      end(service, now, Rollout.State.FAILED, giveUp.text());
    } else if (step instanceof Done done) {
      end(service, now, Rollout.State.DONE, done.text());
    }
  }

  private void end(String service, Active now, Rollout.State state, String text) {
    active.remove(service);
    Rollout last = keep(now.id(), state, text);
    if (last == null) {
      return;
    }
    if (state == Rollout.State.DONE) {
      log.info("[{}] {} done: {}", service, last.kind().label(), text);
    } else {
      log.error("[{}] {} given up: {}", service, last.kind().label(), text);
    }
    ended.accept(last);
  }

  private @Nullable Rollout keep(long id, Rollout.State state, String text) {
    return kept.computeIfPresent(id, (key, rollout) -> rollout.at(state, text));
  }

  /** The state of a slot in words, with the reason for the state if it has one. */
  static String describe(String slot, @Nullable SlotStatus status) {
    if (status == null) {
      return slot + " is gone";
    }
    return status.reason() == null
        ? "%s is %s".formatted(slot, status.state().label())
        : "%s is %s: %s".formatted(slot, status.state().label(), status.reason());
  }
}

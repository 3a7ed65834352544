package dev.troupe.seed.supervisor;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.seed.process.SlotVersions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the processes of a service by ones of another version, and then makes that version the
 * current one. When one of them does not become ready, those that were replaced get the current
 * version again.
 */
final class VersionRollout implements Rollouts.Plan {
  private static final int LOG_LINES = 12;
  private static final Set<SlotState> ENDED = EnumSet.of(SlotState.FAILED, SlotState.BACKING_OFF);

  /** Plans how the current version comes back to slots. */
  interface Return {
    Rollouts.Plan plan(List<SlotStatus> slots);
  }

  private final String service;
  private final String version;
  private final SlotVersions versions;
  private final Optional<String> extra;
  private final Return back;
  private final Set<String> launched = new LinkedHashSet<>();
  private Rollouts.Plan plan;
  private @Nullable CompletableFuture<Void> stored;
  private @Nullable String failure;

  /**
   * @param forward the plan by which the processes are replaced
   * @param extra the slot that stands in meanwhile
   */
  VersionRollout(
      String service,
      String version,
      SlotVersions versions,
      Rollouts.Plan forward,
      Optional<String> extra,
      Return back) {
    this.service = service;
    this.version = version;
    this.versions = versions;
    this.extra = extra;
    this.plan = forward;
    this.back = back;
  }

  @Override
  public Rollouts.Step next(Map<String, SlotStatus> now, Duration time) {
    if (failure != null) {
      return returning(plan.next(now, time), failure);
    }
    CompletableFuture<Void> storing = stored;
    return storing == null ? forward(plan.next(now, time), now) : whenStored(storing, now);
  }

  private Rollouts.Step whenStored(CompletableFuture<Void> storing, Map<String, SlotStatus> now) {
    if (!storing.isDone()) {
      return Rollouts.Await.INSTANCE;
    }
    versions.release(service);
    try {
      storing.join();
      return new Rollouts.Done("all run version " + version);
    } catch (CompletionException e) {
      return goBack(
          new Rollouts.GiveUp(
              "all replaced, but the new version cannot be made the current one: "
                  + e.getCause().getMessage(),
              Optional.empty()),
          now);
    }
  }

  private Rollouts.Step forward(Rollouts.Step step, Map<String, SlotStatus> now) {
    if (step instanceof Rollouts.AddExtra add) {
      launch(add.slot());
    } else if (step instanceof Rollouts.RestartSlot restart) {
      launch(restart.slot());
    } else if (step instanceof Rollouts.RestartSlots restart) {
      restart.slots().forEach(this::launch);
    } else if (step instanceof Rollouts.Done) {
      Optional<SlotStatus> ended =
          launched.stream()
              .flatMap(slot -> Stream.ofNullable(now.get(slot)))
              .filter(slot -> ENDED.contains(slot.state()))
              .findFirst();
      if (ended.isPresent()) {
        String found = Rollouts.describe(ended.get().slot(), ended.get());
        return goBack(new Rollouts.GiveUp("all replaced, but " + found, Optional.empty()), now);
      }
      stored = versions.makeCurrent(service, version).toCompletableFuture();
      return whenStored(stored, now);
    } else if (step instanceof Rollouts.GiveUp giveUp) {
      return goBack(giveUp, now);
    }
    return step;
  }

  private void launch(String slot) {
    launched.add(slot);
    versions.assign(slot, version);
  }

  private Rollouts.Step goBack(Rollouts.GiveUp giveUp, Map<String, SlotStatus> now) {
    versions.release(service);
    String why = "version %s: %s%s".formatted(version, giveUp.why(), lastLines(now));
    // The last one first: it is the one that does not serve.
    List<SlotStatus> slots = new ArrayList<>();
    launched.stream()
        .filter(slot -> !extra.equals(Optional.of(slot)) && now.containsKey(slot))
        .forEach(slot -> slots.add(0, now.get(slot)));
    if (slots.isEmpty()) {
      return new Rollouts.GiveUp(why, giveUp.retire());
    }
    failure = why;
    plan = back.plan(slots);
    return giveUp.retire().<Rollouts.Step>map(Rollouts.Retire::new).orElse(Rollouts.Await.INSTANCE);
  }

  private static Rollouts.Step returning(Rollouts.Step step, String why) {
    if (step instanceof Rollouts.Done) {
      return new Rollouts.GiveUp(
          why + "\nAll processes run the version from before again.", Optional.empty());
    }
    if (step instanceof Rollouts.GiveUp giveUp) {
      return new Rollouts.GiveUp(
          "%s%nThe return to the version from before has failed as well: %s"
              .formatted(why, giveUp.why()),
          giveUp.retire());
    }
    return step;
  }

  /** The last lines that new processes wrote which do not run. */
  private String lastLines(Map<String, SlotStatus> now) {
    StringBuilder text = new StringBuilder();
    for (String slot : launched) {
      SlotStatus status = now.get(slot);
      if (status != null && status.state() != SlotState.RUNNING) {
        List<String> log = status.log();
        log.subList(Math.max(0, log.size() - LOG_LINES), log.size())
            .forEach(line -> text.append("\n  | ").append(line));
      }
    }
    return text.toString();
  }

  @Override
  public String progress() {
    if (failure != null) {
      return "goes back, because of %s; %s".formatted(failure, plan.progress());
    }
    return "version %s: %s".formatted(version, plan.progress());
  }
}

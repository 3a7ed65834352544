package dev.troupe.seed.adoption;

import dev.troupe.seed.adoption.RunningProcessScan.SurvivingProcess;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides which processes that an earlier seed node left running are adopted. */
public final class AdoptionPlan {
  private static final Logger log = LoggerFactory.getLogger(AdoptionPlan.class);

  private AdoptionPlan() {}

  /**
   * The decision.
   *
   * @param adopt to be supervised again, one per slot
   * @param end to be ended: of no slot any more, or never part of a cluster
   * @param generations of the last launches, by slot
   * @param dead addresses of processes that are gone
   */
  public record Decision(
      Map<String, SurvivingProcess> adopt,
      List<SurvivingProcess> end,
      Map<String, Integer> generations,
      Set<String> dead) {}

  /**
   * @param isKnown whether the settings still ask for a slot
   */
  public static Decision decide(
      SavedState saved, List<SurvivingProcess> survivors, Predicate<String> isKnown) {
    boolean clusterLives = survivors.stream().anyMatch(SurvivingProcess::mayBeMember);
    Map<String, SurvivingProcess> adopt = new HashMap<>();
    for (SurvivingProcess survivor : survivors) {
      // A node that is still joining has only the address of the dead seed to join.
      boolean useful = clusterLives && survivor.mayBeMember() && isKnown.test(survivor.slot());
      if (useful) {
        adopt.merge(survivor.slot(), survivor, AdoptionPlan::newer);
      }
    }
    List<SurvivingProcess> end =
        survivors.stream().filter(survivor -> !adopt.containsValue(survivor)).toList();
    Map<String, Integer> generations = new HashMap<>(saved.generations());
    survivors.forEach(
        survivor -> generations.merge(survivor.slot(), survivor.generation(), Math::max));
    Set<String> dead = new HashSet<>();
    saved.slots().forEach(slot -> dead.add(slot.address()));
    survivors.forEach(survivor -> dead.remove(survivor.address()));
    return new Decision(adopt, end, generations, dead);
  }

  /** Ends what is not adopted; its address counts as dead from then on. */
  public static void end(List<SurvivingProcess> survivors) {
    for (SurvivingProcess survivor : survivors) {
      log.warn(
          "[{}] pid {} is ended: nothing can adopt it", survivor.slot(), survivor.process().pid());
      survivor.process().descendants().forEach(ProcessHandle::destroyForcibly);
      survivor.process().destroyForcibly();
    }
  }

  private static SurvivingProcess newer(SurvivingProcess a, SurvivingProcess b) {
    return a.generation() >= b.generation() ? a : b;
  }
}

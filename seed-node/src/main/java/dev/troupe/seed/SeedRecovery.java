package dev.troupe.seed;

import dev.troupe.node.start.NodeMain;
import dev.troupe.protocol.process.HomeSecret;
import dev.troupe.protocol.registry.DeathCause;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.seed.adoption.AdoptionPlan;
import dev.troupe.seed.adoption.RunningProcessScan;
import dev.troupe.seed.adoption.SavedState;
import dev.troupe.seed.adoption.SavedState.SavedSlot;
import dev.troupe.seed.events.EventJournal;
import dev.troupe.seed.process.OsProcessLauncher;
import dev.troupe.seed.process.RunningProcess;
import dev.troupe.seed.slot.ClusterControl;
import dev.troupe.seed.supervisor.RecoveredState;
import dev.troupe.seed.supervisor.SlotSpecs;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Takes over what an earlier seed node left: adopts its processes, ends those that nothing can
 * adopt, and brings this node into the cluster of the adopted ones.
 */
final class SeedRecovery {
  private final SavedState saved;
  private final ClusterControl cluster;
  private final ActorRef<EventJournal.Command> journal;

  SeedRecovery(SavedState saved, ClusterControl cluster, ActorRef<EventJournal.Command> journal) {
    this.saved = saved;
    this.cluster = cluster;
    this.journal = journal;
  }

  RecoveredState run(
      Settings settings,
      SlotSpecs specs,
      OsProcessLauncher launcher,
      HomeSecret secret,
      ActorSystem<?> system) {
    RecoveredState recovered = adopt(settings, specs, launcher, secret);
    saved.slots().stream()
        .filter(slot -> recovered.knownDead().contains(slot.address()))
        .forEach(slot -> journal.tell(new EventJournal.FoundDead(slot, Instant.now())));
    joinOrForm(recovered, system);
    return recovered;
  }

  private RecoveredState adopt(
      Settings settings, SlotSpecs specs, OsProcessLauncher launcher, HomeSecret secret) {
    String host = settings.cluster().endpoint().hostInAddress();
    AdoptionPlan.Decision decision =
        AdoptionPlan.decide(
            saved, RunningProcessScan.find(saved, settings.home(), host, secret), specs::knows);
    AdoptionPlan.end(decision.end());
    Map<String, RunningProcess> processes = new HashMap<>();
    decision
        .adopt()
        .forEach(
            (slot, survivor) ->
                processes.put(slot, launcher.adopt(slot, survivor.process(), survivor.address())));
    Set<String> dead = new HashSet<>(decision.dead());
    decision.end().forEach(survivor -> dead.add(survivor.address()));
    return new RecoveredState(processes, decision.generations(), dead, saved.ended());
  }

  // A seed node that knows only itself would form a second cluster beside that of the processes.
  private void joinOrForm(RecoveredState recovered, ActorSystem<?> system) {
    if (recovered.processes().isEmpty()) {
      cluster.formCluster();
      return;
    }
    recovered.knownDead().forEach(this::confirmDead);
    NodeMain.join(
        system, recovered.processes().values().stream().map(RunningProcess::address).toList());
  }

  private void confirmDead(String address) {
    cluster.confirmDead(address, DeathCause.UNKNOWN);
    SavedSlot slot =
        saved.slots().stream()
            .filter(known -> known.address().equals(address))
            .findFirst()
            .orElse(null);
    Instant now = Instant.now();
    journal.tell(
        slot == null
            ? new EventJournal.ConfirmedDead(address, null, 0, null, now)
            : new EventJournal.ConfirmedDead(
                address, slot.slot(), slot.generation(), slot.pid(), now));
  }
}

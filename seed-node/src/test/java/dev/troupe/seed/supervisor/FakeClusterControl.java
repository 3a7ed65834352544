package dev.troupe.seed.supervisor;

import dev.troupe.protocol.process.ProcessIdentity;
import dev.troupe.protocol.registry.DeathCause;
import dev.troupe.seed.RegistryViews;
import dev.troupe.seed.slot.ClusterControl;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers what was done to the cluster. */
final class FakeClusterControl implements ClusterControl {
  private final List<String> confirmedDead = new CopyOnWriteArrayList<>();
  private final Set<Long> alive = ConcurrentHashMap.newKeySet();
  private final AtomicInteger formed = new AtomicInteger();

  void lives(long pid) {
    alive.add(pid);
  }

  List<String> confirmedDead() {
    return confirmedDead;
  }

  int timesFormed() {
    return formed.get();
  }

  @Override
  public void formCluster() {
    formed.incrementAndGet();
  }

  @Override
  public boolean isAlive(ProcessIdentity process) {
    return alive.contains(process.pid()) && process.startedAt().equals(RegistryViews.STARTED_AT);
  }

  @Override
  public void confirmDead(String address, DeathCause cause) {
    confirmedDead.add(address);
  }
}

package dev.troupe.seed.supervisor;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers what was done to the cluster. */
final class FakeClusterGate implements ClusterGate {
  private final List<String> provenDead = new CopyOnWriteArrayList<>();
  private final Set<Long> alive = ConcurrentHashMap.newKeySet();
  private final AtomicInteger formed = new AtomicInteger();

  void lives(long pid) {
    alive.add(pid);
  }

  List<String> provenDead() {
    return provenDead;
  }

  int timesFormed() {
    return formed.get();
  }

  @Override
  public void formCluster() {
    formed.incrementAndGet();
  }

  @Override
  public boolean isAlive(long pid, Instant startedAt) {
    return alive.contains(pid) && startedAt.equals(Views.STARTED_AT);
  }

  @Override
  public void proveDead(String address) {
    provenDead.add(address);
  }
}

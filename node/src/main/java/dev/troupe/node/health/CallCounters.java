package dev.troupe.node.health;

import dev.troupe.protocol.registry.DeadWork;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Counts the requests of one instance; the counts are published each second. Thread-safe. */
public final class CallCounters {
  private final LongAdder requests = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile Supplier<List<DeadWork>> dead = List::of;

  public void began() {
    inFlight.incrementAndGet();
  }

  /**
   * Counts an answered request.
   *
   * @param serviceError whether the request failed by the service's own fault (5xx)
   */
  public void ended(boolean serviceError) {
    inFlight.decrementAndGet();
    requests.increment();
    if (serviceError) {
      errors.increment();
    }
  }

  /**
   * Counts requests that another node has seen.
   *
   * @param change of the number of requests in flight
   * @param answered since the last call
   * @param failed those of them that failed by the service's own fault
   */
  public void add(int change, long answered, long failed) {
    inFlight.addAndGet(change);
    requests.add(answered);
    errors.add(failed);
  }

  /**
   * Has heartbeats say what the service has given up.
   *
   * @param known cheap, from any thread
   */
  public void reportDead(Supplier<List<DeadWork>> known) {
    dead = known;
  }

  List<DeadWork> dead() {
    return dead.get();
  }

  public int inFlight() {
    return inFlight.get();
  }

  public long requests() {
    return requests.sum();
  }

  public long errors() {
    return errors.sum();
  }
}

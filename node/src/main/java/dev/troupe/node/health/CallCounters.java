package dev.troupe.node.health;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts the requests of one instance; the counts are published each second. Thread-safe. */
public final class CallCounters {
  private final LongAdder requests = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final AtomicInteger inFlight = new AtomicInteger();

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

package dev.troupe.node.health;

import org.apache.pekko.cluster.ddata.LWWRegister;

/**
 * Decides which of two entries of a slot in Distributed Data is the last, without a time of day:
 * the one of the later generation, and of one generation the one that was written later. A process
 * whose generation was counted from the beginning again still comes after what it finds. Used by
 * the replicator, one call at a time.
 */
final class EntryClock<V> implements LWWRegister.Clock<V> {
  private static final int SEQUENCE_BITS = 32;

  private final int generation;
  private long epoch;
  private long sequence;

  EntryClock(int generation) {
    this.generation = generation;
  }

  @Override
  public long apply(long currentTimestamp, V value) {
    if (epoch == 0) {
      epoch = Math.max(generation, (currentTimestamp >>> SEQUENCE_BITS) + 1);
    }
    sequence++;
    return (epoch << SEQUENCE_BITS) | sequence;
  }
}

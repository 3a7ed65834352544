package dev.troupe.protocol.service;

import java.util.function.Function;

/**
 * A kind of event that a service publishes.
 *
 * @param key of an event; events of equal keys are handled one after the other, in the order of
 *     their commits
 */
public record PublishedEvent<E extends Record>(Class<E> type, Function<? super E, ?> key) {
  /** What subscribers know the event by. */
  public String name() {
    return nameOf(type);
  }

  /** The simple name of the record, so that publisher and subscriber need not share the class. */
  public static String nameOf(Class<? extends Record> type) {
    return type.getSimpleName();
  }

  /** The key of {@code event}, which is of this kind. */
  public String keyOf(Record event) {
    return String.valueOf(key.apply(type.cast(event)));
  }
}

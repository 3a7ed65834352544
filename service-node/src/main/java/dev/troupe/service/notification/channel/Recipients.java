package dev.troupe.service.notification.channel;

/** Knows where users are reached. */
@FunctionalInterface
public interface Recipients {
  /** What came of asking. */
  sealed interface Answer {
    record Found(String email) implements Answer {}

    /** There is no such user any more. */
    enum Gone implements Answer {
      INSTANCE
    }

    /** Nobody could tell now. */
    record Unknown(String why) implements Answer {}
  }

  /** Asks for a user. Blocks, for a bounded time. */
  Answer find(long userId);
}

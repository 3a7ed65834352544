package dev.troupe.service.notification.channel;

/** Finds the addresses of users. */
@FunctionalInterface
public interface Recipients {
  /** The result of a search. */
  sealed interface Answer {
    record Found(String email) implements Answer {}

    /** The user does not exist any more. */
    enum Gone implements Answer {
      INSTANCE
    }

    /** The address could not be found out now. */
    record Unknown(String why) implements Answer {}
  }

  /** Finds the address of a user. Blocks, for a bounded time. */
  Answer find(long userId);
}

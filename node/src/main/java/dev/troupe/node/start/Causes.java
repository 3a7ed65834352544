package dev.troupe.node.start;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;

/** What made something fail, without the wrapping. */
final class Causes {
  private Causes() {}

  /** The failure itself, out of what futures wrap it in. */
  static Throwable rootOf(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** The message, or the type where there is none. */
  static String text(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getName() : message;
  }

  /** Runs {@code work}; what it throws fails the surrounding stage as it is. */
  static <T> T unchecked(Callable<T> work) {
    try {
      return work.call();
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }
}

package dev.troupe.node.failure;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;

/** What there is to say of a failure, and whether the JVM is of use after it. */
public final class Failures {
  private Failures() {}

  /** The failure itself, out of what futures wrap it in. */
  public static Throwable rootOf(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /**
   * The message, or the type where there is none. The message of an error makes no sense without
   * its type: that of a {@link NoClassDefFoundError} is a name.
   */
  public static String text(Throwable cause) {
    String message = cause.getMessage();
    if (message == null || message.isBlank()) {
      return cause.getClass().getName();
    }
    return cause instanceof Error ? cause.toString() : message;
  }

  /**
   * Whether the JVM itself is of no use after {@code failure}. A recursion without end is over when
   * it has failed, and a class that cannot be linked is a fault of the code that needs it.
   */
  public static boolean endTheJvm(Throwable failure) {
    return failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError);
  }

  /**
   * What an actor is to throw instead of {@code failure}, so that its supervision sees it.
   *
   * @throws Error when the JVM is of no use after it
   */
  public static RuntimeException supervised(Throwable failure) {
    if (failure instanceof RuntimeException exception) {
      return exception;
    }
    if (failure instanceof Error error && endTheJvm(error)) {
      throw error;
    }
    return new IllegalStateException(failure);
  }

  /** Runs {@code work}; what it throws fails the surrounding stage as it is. */
  public static <T> T unchecked(Callable<T> work) {
    try {
      return work.call();
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }
}

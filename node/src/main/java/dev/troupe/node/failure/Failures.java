package dev.troupe.node.failure;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;

/** How a failure is described, and whether the JVM can be used after it. */
public final class Failures {
  private Failures() {}

  /** The failure without the exceptions in which futures wrap it. */
  public static Throwable rootOf(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /**
   * The message of the failure, or its type if it has no message. The text of an error always has
   * the type: the message of a {@link NoClassDefFoundError} is only the name of a class.
   */
  public static String text(Throwable cause) {
    String message = cause.getMessage();
    if (message == null || message.isBlank()) {
      return cause.getClass().getName();
    }
    return cause instanceof Error ? cause.toString() : message;
  }

  /**
   * Whether the JVM cannot be used after {@code failure}. It can be after a stack overflow, which
   * ends the recursion, and after a class could not be linked, which concerns only its users.
   */
  public static boolean endTheJvm(Throwable failure) {
    return failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError);
  }

  /**
   * The exception that an actor throws in place of {@code failure}: supervision of Pekko handles
   * exceptions only.
   *
   * @throws Error when the JVM cannot be used after it
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

  /** Runs {@code work} inside a stage, and fails the stage with the exception of {@code work}. */
  public static <T> T unchecked(Callable<T> work) {
    try {
      return work.call();
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }
}

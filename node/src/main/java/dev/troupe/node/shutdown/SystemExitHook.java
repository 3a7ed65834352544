package dev.troupe.node.shutdown;

import dev.troupe.protocol.launch.ExitNote;
import dev.troupe.protocol.launch.NodeExit;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shutdown hook for the case that code in the process has called {@link System#exit}. It prints
 * who called, and ends the process with an exit code of its own within the grace: the caller waits
 * inside {@code System.exit} for the end, so its request never ends and the node cannot drain.
 */
public final class SystemExitHook implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(SystemExitHook.class);
  private static final String PEKKO = "org.apache.pekko.";
  private static final Set<String> WAY_OUT =
      Set.of("java.lang.System", "java.lang.Runtime", "java.lang.Shutdown");

  private final ActorSystem<?> system;
  private final String slot;
  private final Duration grace;

  private SystemExitHook(ActorSystem<?> system, String slot, Duration grace) {
    this.system = system;
    this.slot = slot;
    this.grace = grace;
  }

  /**
   * Adds the hook to this JVM.
   *
   * @param system the only actor system of this JVM
   */
  public static void watch(ActorSystem<?> system, String slot, Duration grace) {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(new SystemExitHook(system, slot, grace), "unordered-exit"));
  }

  @Override
  public void run() {
    Optional<StackTraceElement> caller =
        isOrdered() ? Optional.empty() : callerOfExit(Thread.getAllStackTraces());
    if (caller.isEmpty()) {
      return;
    }
    ExitNote note = note(caller.get());
    log.error("[{}] ends without order: {}", slot, note.detail());
    note.print();
    // Meanwhile coordinated shutdown, another hook, takes this node out of rotation.
    awaitEnd();
    Runtime.getRuntime().halt(note.code());
  }

  // Whoever ends the node in order calls System.exit too, when all is done. The reason of the other
  // hook is none.
  private boolean isOrdered() {
    return CoordinatedShutdown.get(system)
        .getShutdownReason()
        .filter(reason -> reason != CoordinatedShutdown.jvmExitReason())
        .isPresent();
  }

  /**
   * The code that ends the JVM by {@link System#exit}, which waits there for the end.
   *
   * @param threads all threads of this JVM, as {@link Thread#getAllStackTraces} gives them
   * @return the caller; empty when a signal or the end of the last thread ends the JVM
   */
  static Optional<StackTraceElement> callerOfExit(Map<Thread, StackTraceElement[]> threads) {
    return threads.values().stream().flatMap(stack -> caller(stack).stream()).findFirst();
  }

  private static Optional<StackTraceElement> caller(StackTraceElement[] stack) {
    boolean exits = false;
    for (StackTraceElement frame : stack) {
      if (frame.getClassName().equals("java.lang.Runtime")
          && frame.getMethodName().equals("exit")) {
        exits = true;
      } else if (exits && !WAY_OUT.contains(frame.getClassName())) {
        return Optional.of(frame);
      }
    }
    return Optional.empty();
  }

  static ExitNote note(StackTraceElement caller) {
    return caller.getClassName().startsWith(PEKKO)
        ? new ExitNote(NodeExit.FATAL_ERROR.code(), "")
        : new ExitNote(NodeExit.JVM_ENDED_BY_CODE.code(), "System.exit called by " + place(caller));
  }

  // Without the class loader and the module, which say nothing to the author of a service.
  private static String place(StackTraceElement frame) {
    return "%s.%s(%s:%d)"
        .formatted(
            frame.getClassName(),
            frame.getMethodName(),
            frame.getFileName(),
            frame.getLineNumber());
  }

  private void awaitEnd() {
    try {
      system.getWhenTerminated().toCompletableFuture().get(grace.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      log.warn("[{}] did not end in order within {}", slot, grace);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

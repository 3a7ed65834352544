package dev.troupe.node.shutdown;

import dev.troupe.protocol.launch.ExitNote;
import dev.troupe.protocol.launch.NodeExit;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs when the JVM begins to end. When code in the process has called {@link System#exit}, this
 * says so by an exit code of its own, and sees to it that the process is gone within the grace:
 * what waits in there for its own end can never be drained.
 */
public final class SystemExitHook implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(SystemExitHook.class);
  private static final String PEKKO = "org.apache.pekko.";

  private final ActorSystem<?> system;
  private final String slot;
  private final Duration grace;

  private SystemExitHook(ActorSystem<?> system, String slot, Duration grace) {
    this.system = system;
    this.slot = slot;
    this.grace = grace;
  }

  /** Watches over the end of this JVM, of which {@code system} is the only one. */
  public static void watch(ActorSystem<?> system, String slot, Duration grace) {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(new SystemExitHook(system, slot, grace), "unordered-exit"));
  }

  @Override
  public void run() {
    Optional<StackTraceElement> caller =
        isOrdered() ? Optional.empty() : ExitCaller.in(Thread.getAllStackTraces());
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

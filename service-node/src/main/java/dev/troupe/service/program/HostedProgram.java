package dev.troupe.service.program;

import dev.troupe.protocol.settings.ProgramSettings.StopSignal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the process of a program, and the pipe to the guard of its process group. The JDK closes the
 * pipe when the process ends, so that the guard kills what the program leaves behind. Thread-safe.
 */
final class HostedProgram {
  private static final Logger log = LoggerFactory.getLogger(HostedProgram.class);

  private final Process process;
  private final OutputStream guard;

  private HostedProgram(Process process) {
    this.process = process;
    this.guard = process.getOutputStream();
  }

  /**
   * Starts a program. Its output goes to that of this process.
   *
   * @param more environment variables, beside those of this process
   */
  static HostedProgram start(List<String> command, Path directory, Map<String, String> more)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(ProgramCommand.guarded(command));
    builder.directory(directory.toFile());
    builder.environment().putAll(more);
    builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new HostedProgram(builder.start());
  }

  long pid() {
    return process.pid();
  }

  boolean hasEnded() {
    return !process.isAlive();
  }

  /** Completes with the exit code; 128 and the number of the signal that ended the program. */
  CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /**
   * Asks the program, and all processes of its group, to end. Kills those that are left when the
   * program has ended, and all of them after {@code timeout}.
   *
   * @return completes when the program has ended: whether it was killed
   */
  CompletableFuture<Boolean> stop(StopSignal signal, Duration timeout) {
    send(signal);
    CompletableFuture<Integer> exit = onExit();
    return exit.copy()
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (code, late) -> {
              kill();
              return late != null;
            })
        .thenCombine(exit, (killed, code) -> killed);
  }

  private synchronized void send(StopSignal signal) {
    try {
      guard.write((signal + "\n").getBytes(StandardCharsets.US_ASCII));
      guard.flush();
    } catch (IOException gone) {
      log.warn("the guard of the program with pid {} is gone; sending TERM", pid());
      process.destroy();
    }
  }

  /** Kills the program and all processes of its group. */
  synchronized void kill() {
    try {
      guard.close();
    } catch (IOException gone) {
      log.warn("the guard of the program with pid {} is gone; killing the program alone", pid());
    }
    // The guard kills all of the group, but somebody may have ended the guard.
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}

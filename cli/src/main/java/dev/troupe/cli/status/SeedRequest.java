package dev.troupe.cli.status;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.control.ControlException;
import dev.troupe.cli.display.StatusDisplay;
import dev.troupe.cli.process.LauncherLock;
import dev.troupe.cli.process.RunningFiles;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.Rollout;
import dev.troupe.protocol.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends requests to the seed node of a home, and waits until they are done. */
public final class SeedRequest {
  private static final long POLL_MILLIS = 250;

  // Without a launcher nobody relaunches a seed node that is dead or hangs.
  private static final Duration MAX_SILENCE_WITHOUT_LAUNCHER = Duration.ofSeconds(15);

  private final Path home;
  private final HomeOption homeOption;

  public SeedRequest(HomeOption homeOption) {
    this.home = homeOption.path();
    this.homeOption = homeOption;
  }

  /** One call of the control API. */
  public interface Call {
    /**
     * @return the id of the rollout that has begun; 0 if there is none
     */
    long send(ControlClient seed) throws ControlException;
  }

  /**
   * @return the id of the rollout that has begun; 0 if there is none
   * @throws CommandException when the seed node refuses or does not answer; the message says why
   */
  public long begin(Call call) {
    return ask(call::send);
  }

  /**
   * Shows each change until the rollout has ended. The seed node limits the time that it takes.
   *
   * @param service whose rollout it is
   * @return {@link ExitCode#OK} when the rollout has succeeded
   * @throws CommandException when the rollout has failed, or the seed node does not answer any more
   */
  public ExitCode awaitEnd(PrintWriter out, String service, long rollout) {
    return await(out, status -> end(status, service, rollout));
  }

  /**
   * Shows each change until {@code end} has a result for the newest status.
   *
   * @throws CommandException if the seed node does not answer any more
   */
  public ExitCode await(PrintWriter out, Function<ClusterStatus, Optional<ExitCode>> end) {
    return await(null, out, end);
  }

  /** The same, and shows also the changes since {@code before}. */
  ExitCode awaitSince(
      ClusterStatus before, PrintWriter out, Function<ClusterStatus, Optional<ExitCode>> end) {
    return await(StatusDisplay.since(before, out), out, end);
  }

  private ExitCode await(
      @Nullable StatusDisplay begun,
      PrintWriter out,
      Function<ClusterStatus, Optional<ExitCode>> end) {
    StatusDisplay display = begun;
    long lastAnswer = System.nanoTime();
    while (true) {
      try {
        ClusterStatus status = seed().status();
        lastAnswer = System.nanoTime();
        if (display == null) {
          display = StatusDisplay.since(status, out);
        }
        display.show(status);
        Optional<ExitCode> ended = end.apply(status);
        if (ended.isPresent()) {
          return ended.get();
        }
      } catch (ControlException e) {
        Duration silence = Duration.ofNanos(System.nanoTime() - lastAnswer);
        if (silence.compareTo(MAX_SILENCE_WITHOUT_LAUNCHER) > 0
            && silence.compareTo(maxSilence()) > 0) {
          throw SeedDiagnosis.explain(home, homeOption, e.getMessage());
        }
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return ExitCode.FAILED;
      }
    }
  }

  private Duration maxSilence() {
    return LauncherLock.holder(home.resolve("run")).isEmpty()
        ? MAX_SILENCE_WITHOUT_LAUNCHER
        : maxSilence(RunningFiles.settings(home));
  }

  /**
   * The longest time in which the launcher notices that the seed node hangs, and starts another.
   */
  static Duration maxSilence(Settings settings) {
    return settings.health().heartbeatTimeout().plus(settings.startTimeout());
  }

  /**
   * Replaces all processes of a service one after the other, and waits for the end.
   *
   * @throws CommandException when one of the new processes does not become ready
   */
  public void replaceAll(String service, PrintWriter out) {
    long rollout = begin(seed -> seed.restartRolling(service));
    ExitCode end = awaitEnd(out, service, rollout);
    if (end != ExitCode.OK) {
      throw new CommandException(
          end, service + ": interrupted while its processes were being replaced");
    }
  }

  private Optional<ExitCode> end(ClusterStatus status, String service, long id) {
    Rollout rollout =
        status
            .rollout(id)
            .filter(known -> known.service().equals(service))
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.FAILED,
                        "The seed node was relaunched meanwhile and does not continue this. Look at"
                            + " what runs, then repeat the command: "
                            + homeOption.commandLine("status")));
    return switch (rollout.state()) {
      case ROLLING -> Optional.empty();
      case DONE -> Optional.of(ExitCode.OK);
      case FAILED ->
          throw new CommandException(ExitCode.FAILED, "%s: %s".formatted(service, rollout.text()));
    };
  }

  /**
   * @throws CommandException when no seed node answers
   */
  public ClusterStatus status() {
    return ask(ControlClient::status);
  }

  /** A question to the control API. */
  public interface Question<T> {
    T ask(ControlClient seed) throws ControlException;
  }

  /**
   * The answer of the seed node.
   *
   * @throws CommandException when the seed node refuses or does not answer; the message says why
   */
  public <T> T ask(Question<T> question) {
    return ask(question, ExitCode.UNKNOWN_NAME);
  }

  /**
   * The answer of the seed node to a search, which may find nothing.
   *
   * @throws CommandException when the seed node finds nothing, refuses or does not answer; the
   *     message says why
   */
  public <T> T find(Question<T> question) {
    return ask(question, ExitCode.FAILED);
  }

  private <T> T ask(Question<T> question, ExitCode whenNotFound) {
    try {
      return question.ask(seed());
    } catch (ControlException e) {
      if (e.isUnknownName()) {
        throw new CommandException(whenNotFound, e.getMessage());
      }
      if (e.isRefusal()) {
        throw new CommandException(ExitCode.FAILED, e.getMessage());
      }
      throw SeedDiagnosis.explain(home, homeOption, e.getMessage());
    }
  }

  private ControlClient seed() {
    return ControlClient.of(home.resolve("run"))
        .orElseThrow(() -> SeedDiagnosis.explain(home, homeOption, SeedDiagnosis.NO_FILE));
  }
}

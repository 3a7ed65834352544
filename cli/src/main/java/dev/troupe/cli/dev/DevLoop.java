package dev.troupe.cli.dev;

import dev.troupe.cli.command.CommandException;
import dev.troupe.protocol.report.DurationFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Builds a project after each change, and makes the service run what was built. When the build
 * fails, the version that runs goes on.
 */
final class DevLoop {
  /** Starts and ends what was built; blocks until it is done. */
  interface Target {
    /** Builds into a directory of its own, which no process uses yet. */
    BuildResult build() throws IOException, InterruptedException;

    /**
     * Makes the service run what was built last.
     *
     * @throws CommandException when the new process does not become ready
     */
    void deploy() throws IOException, InterruptedException;
  }

  /** How often the files are looked at. */
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private final ProjectBuild build;
  private final Target target;
  private final PrintWriter out;
  private final CountDownLatch end = new CountDownLatch(1);

  DevLoop(ProjectBuild build, Target target, PrintWriter out) {
    this.build = build;
    this.target = target;
    this.out = out;
  }

  /** Ends {@link #run} after the step that it is in; from any thread. */
  void end() {
    end.countDown();
  }

  /** Builds now and after each change, until {@link #end} is called. */
  void run() throws IOException, InterruptedException {
    long built = 0;
    boolean isFirst = true;
    do {
      long now = FileTree.fingerprint(build.watched());
      if (isFirst || now != built) {
        built = settled(now);
        buildAndDeploy();
        isFirst = false;
      }
    } while (!end.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
  }

  // An editor that saves several files, or a file in several steps, is left to finish.
  private long settled(long first) throws IOException, InterruptedException {
    long last = first;
    while (!end.await(INTERVAL.toMillis() / 2, TimeUnit.MILLISECONDS)) {
      long now = FileTree.fingerprint(build.watched());
      if (now == last) {
        break;
      }
      last = now;
    }
    return last;
  }

  private void buildAndDeploy() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    BuildResult result;
    try {
      result = target.build();
    } catch (UnusableProjectException e) {
      result = new BuildResult(String.valueOf(e.getMessage()).lines().toList());
    }
    if (!result.isDone()) {
      result.errors().forEach(line -> out.println("  " + line));
      out.println("The build failed. What runs goes on; waiting for the next change.");
      return;
    }
    String built = since(begin);
    try {
      target.deploy();
      out.printf("Built in %s, running after %s.%n", built, since(begin));
    } catch (CommandException e) {
      out.println(e.getMessage());
      out.println("Waiting for the next change.");
    }
  }

  private static String since(long begin) {
    return DurationFormat.fine(Duration.ofNanos(System.nanoTime() - begin));
  }
}

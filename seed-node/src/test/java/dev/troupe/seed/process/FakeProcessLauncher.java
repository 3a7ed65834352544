package dev.troupe.seed.process;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Leaves it to a test what becomes of each launch. */
public final class FakeProcessLauncher implements ProcessLauncher {
  // More than Linux ever gives: no real process is meant.
  private static final int FIRST_PID = 10_000_000;

  private final BlockingQueue<Launch> launches = new LinkedBlockingQueue<>();
  private final AtomicInteger lastPid = new AtomicInteger(FIRST_PID);

  @Override
  public CompletionStage<RunningProcess> launch(String slot, String service, int generation) {
    int pid = lastPid.incrementAndGet();
    Launch launch = new Launch(slot, service, generation, pid, new CompletableFuture<>());
    launches.add(launch);
    return launch.process();
  }

  /** The next launch that was asked for; waits for it. */
  public Launch next() {
    try {
      Launch launch = launches.poll(20, TimeUnit.SECONDS);
      if (launch == null) {
        throw new AssertionError("nothing was launched (expected: a launch)");
      }
      return launch;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether all launches that were asked for have been told by {@link #next}. */
  public boolean isIdle() {
    return launches.isEmpty();
  }

  /** A launch the operating system has not answered yet. */
  public record Launch(
      String slot,
      String service,
      int generation,
      int pid,
      CompletableFuture<RunningProcess> process) {

    public FakeProcess succeeds() {
      FakeProcess started =
          new FakeProcess(pid, new NodeFlags(1, 25_000 + pid - FIRST_PID).address("127.0.0.1"));
      process.complete(started);
      return started;
    }

    public void isRefused(String reason) {
      process.completeExceptionally(new IOException(reason));
    }
  }
}

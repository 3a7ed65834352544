package dev.troupe.seed.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real JVM that has one busy thread and two that wait for each other. */
final class ThreadSamplerTest {
  @TempDir private Path directory;
  private @Nullable Process process;

  /** The program of the JVM that is sampled. */
  static final class Busy {
    private static final Object FIRST = new Object();
    private static final Object SECOND = new Object();
    private static volatile boolean firstIsHeld;
    private static volatile boolean secondIsHeld;

    public static void main(String[] arguments) {
      new Thread(Busy::spin, "spins").start();
      new Thread(Busy::first, "deadlocked-a").start();
      new Thread(Busy::second, "deadlocked-b").start();
      System.out.println("begun");
    }

    private static void spin() {
      while (true) {
        Thread.onSpinWait();
      }
    }

    private static void first() {
      synchronized (FIRST) {
        firstIsHeld = true;
        while (!secondIsHeld) {
          Thread.onSpinWait();
        }
        synchronized (SECOND) {
          System.out.println("never");
        }
      }
    }

    private static void second() {
      synchronized (SECOND) {
        secondIsHeld = true;
        while (!firstIsHeld) {
          Thread.onSpinWait();
        }
        synchronized (FIRST) {
          System.out.println("never");
        }
      }
    }
  }

  @AfterEach
  void end() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Test
  void whatIsBusyComesFirstAndWhatIsBlockedStaysWhereItIs() throws Exception {
    Path out = directory.resolve("A-1.out");
    Process started =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-cp",
                System.getProperty("java.class.path"),
                Busy.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    process = started;
    await().until(() -> Files.readString(out).contains("begun"));

    ThreadComparison found = new ThreadSampler(out).sample(started.pid());

    assertThat(found.dumps()).isEqualTo(3);
    assertThat(found.millis()).isGreaterThanOrEqualTo(2000);
    ThreadComparison.ThreadChange busiest = found.threads().get(0);
    assertThat(busiest.name()).isEqualTo("spins");
    assertThat(busiest.cpuMillis()).isPositive();
    assertThat(busiest.states()).containsOnly("RUNNABLE");
    assertThat(busiest.stack()).anyMatch(frame -> frame.contains("Busy.spin"));
    ThreadComparison.ThreadChange blocked =
        found.threads().stream()
            .filter(thread -> thread.name().equals("deadlocked-a"))
            .findFirst()
            .orElseThrow();
    assertThat(blocked.same()).isTrue();
    assertThat(blocked.states()).containsOnly("BLOCKED (on object monitor)");
  }

  @Test
  void ofDumpsThatAreNotThereNoneIsRead() {
    assertThat(
            ThreadDumpReader.read(
                "Full thread dump x\n\"a\" #1 cpu=1.0ms tid=0x1 nid=0x2 runnable\n"))
        .as("a dump that is still being written")
        .isEmpty();
    assertThat(
            ThreadDumpReader.read(
                "\"a\" #1 cpu=1.0ms tid=0x1 nid=0x2 runnable\nJNI global refs: 1"))
        .isEmpty();
    assertThat(ThreadComparison.of(List.of(), 0).threads()).isEmpty();
  }

  @Test
  void aProcessThatIsStoppedIsNotWaitedFor() throws Exception {
    Path out = Files.createFile(directory.resolve("A-1.out"));
    Process started = new ProcessBuilder("sh", "-c", "kill -STOP $$").start();
    process = started;

    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> new ThreadSampler(out).sample(started.pid()))
                    .isInstanceOf(ThreadSampler.NoDumpException.class)
                    .hasMessageContaining("a signal has stopped it"));
  }
}

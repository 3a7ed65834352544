package dev.troupe.cli.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.launch.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A real process of a cluster that does nothing, and on request does not even end. */
public final class Sleeper {
  private Sleeper() {}

  public static void main(String[] arguments) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    if (arguments[0].equals("stubborn")) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitForEver(never)));
    }
    System.out.println("ready");
    never.await();
  }

  /** Starts one and waits until it can be stopped as {@code manner} says. */
  public static Process start(Path home, String slot, String manner) throws IOException {
    JavaCommand command =
        new JavaCommand(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            17,
            home,
            slot,
            home.resolve("no.jsa"),
            List.of("-Xmx16m", "-XX:TieredStopAtLevel=1"),
            List.of(Path.of(System.getProperty("java.class.path").split(":", -1)[0])),
            Sleeper.class.getName(),
            List.of(manner));
    Process process = new ProcessBuilder(command.line()).redirectErrorStream(true).start();
    BufferedReader output = process.inputReader(UTF_8);
    String first = output.readLine();
    if (!"ready".equals(first)) {
      process.destroyForcibly();
      throw new IOException("it did not start: " + first);
    }
    return process;
  }

  private static void awaitForEver(CountDownLatch never) {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

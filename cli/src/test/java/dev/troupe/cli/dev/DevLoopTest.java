package dev.troupe.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a real directory, with a build and a service that only remember. */
final class DevLoopTest {
  @TempDir private Path directory;
  private final BlockingQueue<String> done = new LinkedBlockingQueue<>();
  private final StringWriter out = new StringWriter();
  private volatile BuildResult result = BuildResult.DONE;
  private volatile @Nullable CommandException refusal;
  private DevLoop loop;
  private Thread thread;

  @BeforeEach
  void start() {
    loop = new DevLoop(new FakeBuild(), new FakeTarget(), new PrintWriter(out, true));
    thread =
        new Thread(
            () -> {
              try {
                loop.run();
              } catch (IOException | InterruptedException e) {
                done.add("failed: " + e);
              }
            });
    thread.start();
  }

  @AfterEach
  void end() throws InterruptedException {
    loop.end();
    thread.join();
  }

  private final class FakeBuild implements ProjectBuild {
    @Override
    public List<Path> watched() {
      return List.of(directory);
    }

    @Override
    public BuildResult build(Path output) {
      throw new UnsupportedOperationException("the target builds");
    }
  }

  private final class FakeTarget implements DevLoop.Target {
    @Override
    public BuildResult build() {
      BuildResult now = result;
      done.add("built");
      return now;
    }

    @Override
    public void deploy() {
      CommandException refused = refusal;
      if (refused != null) {
        done.add("refused");
        throw refused;
      }
      done.add("deployed");
    }
  }

  private String next() throws InterruptedException {
    return String.valueOf(done.poll(30, TimeUnit.SECONDS));
  }

  private void change(String text) throws IOException {
    Files.writeString(directory.resolve("A.java"), text);
  }

  @Test
  void buildsAndDeploysAtTheBeginningAndAfterEachChange() throws Exception {
    assertThat(List.of(next(), next())).containsExactly("built", "deployed");

    change("1");

    assertThat(List.of(next(), next())).containsExactly("built", "deployed");
  }

  @Test
  void aFailedBuildShowsItsErrorsAndDeploysNothing() throws Exception {
    assertThat(List.of(next(), next())).containsExactly("built", "deployed");
    result = new BuildResult(List.of("A.java:1: error"));

    change("1");
    assertThat(next()).isEqualTo("built");
    result = BuildResult.DONE;
    change("22");

    assertThat(List.of(next(), next())).containsExactly("built", "deployed");
    assertThat(out.toString()).contains("  A.java:1: error", "What runs goes on");
  }

  @Test
  void aNewProcessThatDoesNotGetReadyIsToldAndTheNextChangeIsTried() throws Exception {
    assertThat(List.of(next(), next())).containsExactly("built", "deployed");
    refusal = new CommandException(ExitCode.FAILED, "A-1 is failed: no disk");

    change("1");
    assertThat(List.of(next(), next())).containsExactly("built", "refused");
    refusal = null;
    change("22");

    assertThat(List.of(next(), next())).containsExactly("built", "deployed");
    assertThat(out.toString()).contains("A-1 is failed: no disk");
  }
}

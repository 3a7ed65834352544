package dev.troupe.node.start;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.launch.JavaCommand;
import dev.troupe.protocol.launch.NodeExit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SystemExitHookTest {
  @TempDir private Path home;

  @Test
  void codeThatCallsSystemExitEndsTheProcessWithACodeAndANoteOfItsOwn() throws Exception {
    Files.createDirectories(home.resolve("run/logs"));
    Path output = home.resolve("output");

    Process process = start(output);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as(Files.readString(output))
        .isEqualTo(NodeExit.JVM_ENDED_BY_CODE.code());
    assertThat(Files.readString(output))
        .contains("troupe-exit 82: System.exit called by " + Exiting.class.getName());
  }

  private Process start(Path output) throws IOException {
    return new ProcessBuilder(
            JavaCommand.javaProgram().toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dfile.encoding=" + UTF_8,
            "-cp",
            System.getProperty("java.class.path"),
            Exiting.class.getName(),
            home.toString())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /** A node whose work ends the JVM as if all were well. */
  static final class Exiting implements NodeRole {
    public static void main(String[] args) {
      NodeMain.run(new String[] {"--home", args[0], "--slot", "Exiting-1"}, null, new Exiting());
    }

    @Override
    public StartedRole start(NodeContext node) {
      node.system().executionContext().execute(Exiting::exit);
      return StartedRole.plain("1", null);
    }

    private static void exit() {
      System.exit(0);
    }
  }
}

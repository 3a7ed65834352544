package dev.troupe.cli.dev;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs Maven on a project. */
final class MavenGoals {
  private MavenGoals() {}

  /**
   * The end of a run.
   *
   * @param errors what Maven printed; with {@code -q} it prints errors only
   */
  record Result(int exitCode, List<String> errors) {
    Result {
      errors = List.copyOf(errors);
    }
  }

  /**
   * Runs goals without the network. If that fails, it runs them once more with the network, since a
   * plugin or a dependency may be missing. Blocks.
   */
  static Result run(Path project, List<String> goals) throws IOException, InterruptedException {
    Result offline = run(project, List.of("-o"), goals);
    boolean lacks = offline.errors().stream().anyMatch(line -> line.contains("offline mode"));
    return offline.exitCode() != 0 && lacks ? run(project, List.of(), goals) : offline;
  }

  private static Result run(Path project, List<String> options, List<String> goals)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("mvn", "-q", "-B", "-Dstyle.color=never"));
    command.addAll(options);
    command.addAll(goals);
    Process maven =
        new ProcessBuilder(command)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .start();
    List<String> lines;
    try {
      lines = new String(maven.getInputStream().readAllBytes(), UTF_8).lines().toList();
    } finally {
      maven.destroy();
    }
    return new Result(maven.waitFor(), lines);
  }
}

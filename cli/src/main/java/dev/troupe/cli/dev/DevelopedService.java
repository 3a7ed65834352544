package dev.troupe.cli.dev;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.deploy.DirectoryDeletion;
import dev.troupe.protocol.files.PrivateFile;
import dev.troupe.protocol.launch.DevelopmentClassPath;
import dev.troupe.protocol.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service that runs what is built from its project. Each build has a directory of its own, since
 * a process loads classes as long as it runs.
 */
final class DevelopedService implements DevLoop.Target {
  /** Replaces the processes of the service, and returns when the new ones are ready. */
  interface Restart {
    void run();
  }

  private final Path run;
  private final String service;
  private final ProjectBuild build;
  private final ProjectClassPath classPath;
  private final Restart restart;
  private @Nullable Path deployed;
  private @Nullable Path built;
  private int builds;

  /**
   * @param run the directory of the running cluster's files
   */
  DevelopedService(
      Path run, String service, ProjectBuild build, ProjectClassPath classPath, Restart restart) {
    this.run = run;
    this.service = service;
    this.build = build;
    this.classPath = classPath;
    this.restart = restart;
  }

  @Override
  public BuildResult build() throws IOException, InterruptedException {
    builds++;
    Path output = directory().resolve("%d-%d".formatted(ProcessHandle.current().pid(), builds));
    PrivateFile.createDirectory(output);
    BuildResult result = build.build(output);
    if (result.isDone()) {
      built = output;
    } else {
      DirectoryDeletion.delete(output);
    }
    return result;
  }

  @Override
  public void deploy() throws IOException, InterruptedException {
    Path next = built;
    if (next == null) {
      throw new IllegalStateException("nothing was built");
    }
    List<Path> entries = new ArrayList<>();
    entries.add(next);
    entries.addAll(classPath.forProcess());
    new DevelopmentClassPath(ProcessIdentity.of(ProcessHandle.current()), entries)
        .write(run, service);
    restart.run();
    if (deployed != null) {
      DirectoryDeletion.delete(deployed);
    }
    deployed = next;
  }

  /**
   * Makes the service run the jars of services again, if it runs anything else.
   *
   * @throws CommandException when there are none with which it becomes ready
   */
  void restore() throws IOException {
    boolean changed = DevelopmentClassPath.find(run, service).isPresent();
    DevelopmentClassPath.delete(run, service);
    try {
      if (changed) {
        restart.run();
      }
    } finally {
      DirectoryDeletion.delete(directory());
    }
  }

  /** Whether another command develops the service. */
  boolean isTaken() throws IOException {
    return Files.exists(directory()) && DevelopmentClassPath.find(run, service).isPresent();
  }

  private Path directory() {
    return DevelopmentClassPath.directory(run, service);
  }
}

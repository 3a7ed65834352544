package dev.troupe.cli.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.launch.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds the archive of shared classes again after a change of JDK or jars. A start without an
 * archive is only slower, so a failure here does not prevent it.
 */
public final class ArchiveRefresh {
  private final Distribution lib;
  private final Map<String, String> environment;
  private final @Nullable String script;

  /**
   * @param script {@code bin/troupe}; null if the launcher was started without it
   */
  public ArchiveRefresh(
      Distribution lib, Map<String, String> environment, @Nullable String script) {
    this.lib = lib;
    this.environment = Map.copyOf(environment);
    this.script = script;
  }

  /** Blocks for about 20 s if an archive has to be built. */
  public void refresh(Consumer<String> say) throws InterruptedException {
    Optional<String> reason = reason();
    if (script == null || reason.isEmpty()) {
      return;
    }
    say.accept("Preparing faster starts (%s). Done once, takes about 20 s".formatted(reason.get()));
    try {
      Process build = new ProcessBuilder(script, "archive").redirectErrorStream(true).start();
      build.getOutputStream().close();
      String output = new String(build.getInputStream().readAllBytes(), UTF_8);
      if (build.waitFor() == 0) {
        Files.deleteIfExists(failure());
        return;
      }
      // The file keeps later starts from trying again.
      Files.writeString(failure(), output);
      say.accept("That failed. Starting without the archive. The output is in " + failure());
    } catch (IOException e) {
      say.accept("That failed. Starting without the archive: " + e.getMessage());
    }
  }

  /** Why an archive has to be built; empty if a good one exists or none can be built here. */
  Optional<String> reason() {
    if ("1".equals(environment.get("TROUPE_NO_BUILD"))
        || !Files.isWritable(lib.archive().getParent())) {
      return Optional.empty();
    }
    Optional<FileTime> tried = Files.exists(failure()) ? timeOf(failure()) : timeOf(lib.archive());
    if (tried.isEmpty()) {
      return Optional.of("there is no archive of classes for Java " + Runtime.version());
    }
    return lib.jars().stream()
        .filter(jar -> timeOf(jar).filter(time -> time.compareTo(tried.get()) > 0).isPresent())
        .findFirst()
        .map(jar -> jar.getFileName() + " is newer than the archive of classes");
  }

  private Path failure() {
    return lib.archive().resolveSibling(lib.archive().getFileName() + ".failed");
  }

  private static Optional<FileTime> timeOf(Path file) {
    try {
      return Optional.of(Files.getLastModifiedTime(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}

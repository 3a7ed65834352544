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
 * Builds the archive of shared classes again when it is of no use: after a change of JDK, or of
 * jars. A start works without one, only slower, so that no failure here prevents it.
 */
public final class ArchiveRefresh {
  private final Distribution lib;
  private final Map<String, String> environment;
  private final @Nullable String script;

  /**
   * @param script that runs the launcher; null if it was started without
   */
  public ArchiveRefresh(
      Distribution lib, Map<String, String> environment, @Nullable String script) {
    this.lib = lib;
    this.environment = Map.copyOf(environment);
    this.script = script;
  }

  /** Blocks for some 20 s if one has to be built. */
  public void refresh(Consumer<String> say) throws InterruptedException {
    Optional<String> reason = reason();
    if (script == null || reason.isEmpty()) {
      return;
    }
    say.accept("Preparing faster starts (%s); once, takes some 20 s".formatted(reason.get()));
    try {
      Process build = new ProcessBuilder(script, "archive").redirectErrorStream(true).start();
      build.getOutputStream().close();
      String output = new String(build.getInputStream().readAllBytes(), UTF_8);
      if (build.waitFor() == 0) {
        Files.deleteIfExists(failure());
        return;
      }
      // Not to be tried at each start.
      Files.writeString(failure(), output);
      say.accept("That failed; going on without. " + failure() + " says why");
    } catch (IOException e) {
      say.accept("That failed; going on without: " + e.getMessage());
    }
  }

  /** Why one is needed; nothing if the one there is will do, or if none can be built here. */
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

package dev.troupe.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.files.PrivateFile;
import dev.troupe.protocol.launch.Distribution;
import dev.troupe.protocol.launch.ServiceVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The jars that somebody has put into {@code services/NAME}. They are taken in when they are others
 * than those that were taken in from there the last time: what was deployed by a command meanwhile
 * must not be undone by files that still lie there.
 */
public final class DroppedJars {
  private static final String TAKEN = "dropped";

  private final ServiceVersions versions;
  private final VersionIntake intake;

  public DroppedJars(ServiceVersions versions) {
    this.versions = versions;
    this.intake = new VersionIntake(versions);
  }

  /** Copies the jars if there are new ones. */
  public Optional<VersionIntake.Candidate> copyNew() throws IOException {
    List<Path> jars = Distribution.jarsOf(versions.directory());
    if (jars.isEmpty() || JarContent.hash(jars).equals(taken())) {
      return Optional.empty();
    }
    return Optional.of(intake.copy(jars));
  }

  /** Makes new jars, if there are any, the version that the next launches use. */
  public void makeCurrent() throws IOException {
    Optional<VersionIntake.Candidate> found = copyNew();
    if (found.isPresent()) {
      intake.keep(found.get(), "");
      versions.makeCurrent(found.get().version(), Instant.now());
      markTaken(found.get());
    }
  }

  /** Remembers that the jars were taken in. */
  public void markTaken(VersionIntake.Candidate candidate) throws IOException {
    PrivateFile.write(file(), candidate.version().getBytes(UTF_8));
  }

  private String taken() throws IOException {
    try {
      return Files.readString(file(), UTF_8).strip();
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private Path file() {
    return versions.directory().resolve(TAKEN);
  }
}

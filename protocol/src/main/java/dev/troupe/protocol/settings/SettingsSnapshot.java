package dev.troupe.protocol.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValueFactory;
import dev.troupe.protocol.files.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The settings that one cluster runs with from its start to its stop, whatever becomes of {@code
 * application.conf} and of the environment meanwhile. They are in {@code run/settings.conf}, which
 * only its owner may read because it may hold passwords.
 *
 * <p>Above each value the file names where the value came from, so that messages about a setting
 * still name the file and line that a user can edit.
 */
public final class SettingsSnapshot {
  /** The file in the directory {@code run}. */
  public static final String FILE = "settings.conf";

  private static final String HEADER =
      """
      # The settings of the cluster that runs in this home, taken when it was started.
      # Not for editing: edit application.conf, then use bin/troupe reload.
      """;
  private static final ConfigRenderOptions WITH_ORIGINS =
      ConfigRenderOptions.defaults().setComments(false).setOriginComments(true);

  private final Path home;
  private final byte[] content;
  private final Config given;
  private final String sourceDigest;

  private SettingsSnapshot(Path home, byte[] content, Config given, String sourceDigest) {
    this.home = home;
    this.content = content;
    this.given = given;
    this.sourceDigest = sourceDigest;
  }

  /**
   * Takes the settings as they are now; {@link #write} keeps them.
   *
   * @throws SettingsException when anything in the file or the environment cannot be used
   */
  public static SettingsSnapshot take(Path home, Map<String, String> environment) {
    Config given = SettingsLoader.given(home, environment);
    String sourceDigest = SettingsLoader.sourceDigest(home);
    Config file =
        ConfigFactory.empty()
            .withValue("settings", given.root())
            .withValue("digest", ConfigValueFactory.fromAnyRef(digest(given)))
            .withValue("source-digest", ConfigValueFactory.fromAnyRef(sourceDigest));
    byte[] content = (HEADER + file.root().render(WITH_ORIGINS)).getBytes(UTF_8);
    return new SettingsSnapshot(home, content, given, sourceDigest);
  }

  /**
   * The snapshot of the cluster that runs in {@code home}, or that ran there and was not stopped in
   * order.
   *
   * @throws SettingsException when the file is damaged
   */
  public static Optional<SettingsSnapshot> find(Path home) {
    Path file = file(home);
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new SettingsException(file + ": cannot be read (expected: a file this user may read)");
    }
    return Optional.of(parse(home, file, content));
  }

  /**
   * The snapshot that a supervisor names to a process it launches.
   *
   * @throws SettingsException when there is none, or the file is damaged
   */
  public static SettingsSnapshot read(Path home) {
    return find(home)
        .orElseThrow(
            () ->
                new SettingsException(
                    file(home) + ": missing (expected: the settings of the running cluster)"));
  }

  /** Where the snapshot of {@code home} is. */
  public static Path file(Path home) {
    return home.resolve("run").resolve(FILE);
  }

  public Settings settings() {
    return SettingsLoader.settings(home, given);
  }

  /** The settings with variables of a process above them that was started by hand. */
  public Settings settings(Map<String, String> environment) {
    return SettingsLoader.settings(home, Environment.overrides(environment).withFallback(given));
  }

  /** Whether {@code application.conf} no longer says what it said when this was taken. */
  public boolean differsFromFile() {
    try {
      return !SettingsLoader.sourceDigest(home).equals(sourceDigest);
    } catch (SettingsException unusableNow) {
      return true;
    }
  }

  /** Keeps this for all processes of the cluster. */
  public void write() throws IOException {
    Path file = file(home);
    PrivateFile.createDirectory(file.getParent());
    PrivateFile.write(file, content);
  }

  /**
   * What holds now: a snapshot that {@code bin/troupe reload} has written meanwhile, or this one,
   * which is written again if the file was lost or damaged.
   */
  public SettingsSnapshot current() throws IOException {
    try {
      Optional<SettingsSnapshot> found = find(home);
      if (found.isPresent()) {
        return found.get();
      }
    } catch (SettingsException damaged) {
      // Written again below.
    }
    write();
    return this;
  }

  /** Ends the validity of the snapshot: the cluster was stopped. */
  public static void delete(Path home) throws IOException {
    Files.deleteIfExists(file(home));
  }

  private static SettingsSnapshot parse(Path home, Path file, byte[] content) {
    try {
      Config read =
          ConfigFactory.parseString(
              new String(content, UTF_8),
              ConfigParseOptions.defaults()
                  .setSyntax(ConfigSyntax.CONF)
                  .setOriginDescription(file.toString()));
      Config given = OriginComments.restored(read.getObject("settings")).toConfig();
      if (read.getString("digest").equals(digest(given))) {
        return new SettingsSnapshot(home, content, given, read.getString("source-digest"));
      }
    } catch (ConfigException e) {
      // Told below, as any other damage.
    }
    throw new SettingsException(
        file
            + ": damaged (expected: what `bin/troupe up` wrote). Stop the cluster with"
            + " `bin/troupe down` and start it again");
  }

  private static String digest(Config config) {
    return digest(config.root().render(ConfigRenderOptions.concise()));
  }

  static String digest(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

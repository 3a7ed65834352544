package dev.troupe.protocol.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.troupe.protocol.crypto.RandomText;
import dev.troupe.protocol.files.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A secret that only the processes of one home know: made by the first {@code up}, kept in {@code
 * run/home.secret} (mode 0600), given to each process in its environment, never on a command line.
 * Only the same user and root can read the environment of a process.
 *
 * @param value 32 to 128 of [A-Za-z0-9_-]
 */
public record HomeSecret(String value) {
  /** The environment variable that has it. */
  public static final String VARIABLE = "TROUPE_HOME_SECRET";

  /** The file under {@code run}. */
  public static final String FILE = "home.secret";

  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{32,128}");
  private static final int BYTES = 32;

  public HomeSecret {
    if (!VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException("no home secret (expected: 32 to 128 of [A-Za-z0-9_-])");
    }
  }

  /**
   * The secret of a home; a new one if it has none.
   *
   * @param run the existing directory of the running cluster's files
   */
  public static HomeSecret obtain(Path run) throws IOException {
    Optional<HomeSecret> kept = of(run);
    if (kept.isPresent()) {
      return kept.get();
    }
    HomeSecret secret = new HomeSecret(RandomText.of(BYTES));
    PrivateFile.write(run.resolve(FILE), secret.value().getBytes(US_ASCII));
    return secret;
  }

  /** The secret of a home, if it has one that can be read. */
  public static Optional<HomeSecret> of(Path run) throws IOException {
    try {
      return parse(Files.readString(run.resolve(FILE), US_ASCII));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  /**
   * @param environment of a process, like {@link System#getenv()}; a node started by hand has none
   */
  public static Optional<HomeSecret> in(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(VARIABLE)).flatMap(HomeSecret::parse);
  }

  private static Optional<HomeSecret> parse(String text) {
    String value = text.strip();
    return VALUE.matcher(value).matches() ? Optional.of(new HomeSecret(value)) : Optional.empty();
  }

  /** Leaves the value out, so that it never reaches a log. */
  @Override
  public String toString() {
    return "HomeSecret[…]";
  }
}

package dev.troupe.protocol.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The environment variables that a settings file uses, as in {@code password = ${PASSWORD}}. */
public final class EnvironmentReferences {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{\\??\\s*([A-Za-z_]\\w*)\\s*}");

  private EnvironmentReferences() {}

  /** Names of variables, and of keys that look like some; none if there is no such file. */
  public static Set<String> in(Path file) throws IOException {
    try {
      // Bytes that are not UTF-8 are the loader's to refuse.
      String text = new String(Files.readAllBytes(file), UTF_8);
      return REFERENCE
          .matcher(text)
          .results()
          .map((MatchResult match) -> match.group(1))
          .collect(Collectors.toUnmodifiableSet());
    } catch (NoSuchFileException none) {
      return Set.of();
    }
  }
}

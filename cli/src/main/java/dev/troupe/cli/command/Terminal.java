package dev.troupe.cli.command;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The size of the terminal behind standard output. {@code bin/troupe} measures it. */
public record Terminal(int rows, int columns) {
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,4}) ([1-9][0-9]{0,4})");

  /** Empty if standard output is not a terminal. */
  public static Optional<Terminal> ofThisProcess() {
    return parse(System.getProperty("troupe.terminal", ""));
  }

  /** Reads what {@code stty size} prints, like {@code 24 80}. */
  static Optional<Terminal> parse(String size) {
    Matcher matcher = SIZE.matcher(size.strip());
    return matcher.matches()
        ? Optional.of(
            new Terminal(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }
}

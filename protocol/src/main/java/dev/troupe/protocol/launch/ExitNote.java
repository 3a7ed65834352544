package dev.troupe.protocol.launch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process that ends itself prints for its supervisor, as a line of its own on its standard
 * output: the exit code says what kind of end it is, the note what in particular was wrong.
 *
 * @param code the exit code it is about to end with
 * @param detail in words, on one line; may be empty
 */
public record ExitNote(int code, String detail) {
  private static final int LONGEST = 500;
  private static final Pattern LINE = Pattern.compile("troupe-exit (\\d{1,3}):(?: (.*))?");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

  public ExitNote {
    detail = CONTROL.matcher(detail).replaceAll(" ").strip();
    if (detail.length() > LONGEST) {
      detail = detail.substring(0, LONGEST) + "…";
    }
  }

  /** The note as it is printed. */
  public String line() {
    return ("troupe-exit " + code + ": " + detail).strip();
  }

  /** Prints the note; the supervisor has the output of this process in a file. */
  public void print() {
    System.out.println(line());
    System.out.flush();
  }

  /** Reads a line of output; nothing if it is something else. */
  public static Optional<ExitNote> of(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String detail = matcher.group(2);
    return Optional.of(
        new ExitNote(Integer.parseInt(matcher.group(1)), detail == null ? "" : detail));
  }
}

package dev.troupe.cli.command;

/** Words of a command line that is shown to the user. */
public final class ShellWord {
  private ShellWord() {}

  /** The word as a shell reads it, with quotation marks if it needs them. */
  public static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./~+:@-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}

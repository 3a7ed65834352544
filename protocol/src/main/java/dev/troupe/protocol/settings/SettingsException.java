package dev.troupe.protocol.settings;

/** A setting that cannot be used; the message names file, line, what was expected and a way out. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SettingsException(String message) {
    super(message);
  }
}

package dev.troupe.protocol.service;

import java.io.IOException;

/** The body of a request did not arrive as a whole: its client is slow, gone, or sent too much. */
public final class UploadException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message why, for the client
   */
  public UploadException(String message) {
    super(message);
  }
}

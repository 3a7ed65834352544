package dev.troupe.protocol.call;

/**
 * Two processes speak different versions of the messages of a call.
 *
 * @param message what kind of message it is, like "request"
 * @param received the version of the process that sent the message
 * @param expected the version of the process that received it
 */
public record VersionMismatch(String message, int received, int expected) {
  // Requests of earlier versions come from processes that do not know VERSION_MISMATCH.
  private static final int KNOWS_MISMATCH = 3;

  /** The status of the reply to a request that was received. */
  public ReplyStatus status() {
    return received < KNOWS_MISMATCH ? ReplyStatus.FAILED : ReplyStatus.VERSION_MISMATCH;
  }

  /**
   * What happened, what was expected, and what to do.
   *
   * @param sender the process that sent the message
   * @param receiver the process that received it
   */
  public String text(String sender, String receiver) {
    return "%s sent a %s of wire version %d, and %s reads version %d; replace the older process, which is %s: bin/troupe restart SLOT"
        .formatted(
            sender, message, received, receiver, expected, received < expected ? sender : receiver);
  }
}

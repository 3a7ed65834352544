package dev.troupe.node.call;

import dev.troupe.protocol.call.ReplyStatus;

/** What the end of a call says of the service. */
enum Verdict {
  SUCCESS,
  FAILURE,
  /** Nothing: it was not asked, or declined in good order. */
  NONE;

  /**
   * Of a reply. A refusal of the caller's own mistake is the work of a healthy service; a 503 is an
   * instance that declines in good order.
   */
  static Verdict of(ReplyStatus status) {
    // Too much is asked for, by a caller whom a healthy service has answered.
    if (!status.isServiceError() || status == ReplyStatus.TOO_LARGE) {
      return SUCCESS;
    }
    return status.httpCode() == 503 ? NONE : FAILURE;
  }
}

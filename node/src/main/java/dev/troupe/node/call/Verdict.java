package dev.troupe.node.call;

import dev.troupe.protocol.call.ReplyStatus;

/** What the end of a call says of the service. */
enum Verdict {
  SUCCESS,
  FAILURE,
  /** Nothing: it was not asked, or declined in good order. */
  NONE;

  /** Of a reply. A refusal of the caller's own mistake is the work of a healthy service. */
  static Verdict of(ReplyStatus status) {
    return switch (status) {
      case OK, CREATED, ACCEPTED, MALFORMED, NOT_FOUND, CONFLICT, REFUSED -> SUCCESS;
      case FAILED, DEADLINE -> FAILURE;
      case NOT_TAKEN, OVERLOADED, UNAVAILABLE -> NONE;
    };
  }
}

package dev.troupe.protocol.service;

import dev.troupe.protocol.call.Answer;

/**
 * What a write fails with when an earlier one under the same key was committed; {@link Actions}
 * gives the caller that one's answer. A handler lets it pass.
 */
public final class AnsweredBeforeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Answer answer;

  public AnsweredBeforeException(Answer answer) {
    // Nobody's mistake: where it was thrown tells nothing.
    super("answered before under the same idempotency key", null, false, false);
    this.answer = answer;
  }

  Answer answer() {
    return answer;
  }
}

package dev.troupe.service.storage;

import dev.troupe.protocol.call.Answer;
import dev.troupe.protocol.service.InvalidInputException;

/**
 * An answer that was given under an idempotency key.
 *
 * @param fingerprint what was asked for
 */
record StoredReply(String fingerprint, Answer answer) {
  /**
   * The answer to give again.
   *
   * @param asked the fingerprint of what is asked for now
   * @throws InvalidInputException when that is something else
   */
  Answer to(String asked) {
    if (!asked.equals(fingerprint)) {
      throw InvalidInputException.refused(
          "Idempotency-Key was used for another request before (expected: the same action,"
              + " parameters and body again, or a new key)");
    }
    return answer;
  }
}

package dev.troupe.protocol.service;

import dev.troupe.protocol.call.FieldError;
import dev.troupe.protocol.call.ReplyStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The faults of one input, in the order in which they are found. A client can send more faults than
 * anybody reads: the first {@value FieldError#MOST} are kept.
 */
final class InputFaults {
  private final List<FieldError> errors = new ArrayList<>(2);
  private @Nullable String malformed;
  private @Nullable String first;
  private int count;

  /** Missing, or of the wrong type. */
  void malformed(InputPath path, String code, String what) {
    add(true, path.toString(), code, path.named() + " " + what);
  }

  /** Of the right type, but against a constraint. */
  void refused(InputPath path, String code, String what) {
    add(false, path.toString(), code, path.named() + " " + what);
  }

  /** What a constructor says of the record at {@code path}. */
  void thrown(InputPath path, InvalidInputException invalid) {
    boolean isMalformed = invalid.status() == ReplyStatus.MALFORMED;
    String message = String.valueOf(invalid.getMessage());
    if (invalid.errors().isEmpty()) {
      add(isMalformed, path.toString(), isMalformed ? "malformed" : "refused", message);
    }
    for (FieldError error : invalid.errors()) {
      add(isMalformed, path.within(error.field()), error.code(), error.message());
    }
  }

  private void add(boolean isMalformed, String field, String code, String message) {
    count++;
    first = first == null ? message : first;
    malformed = isMalformed && malformed == null ? message : malformed;
    if (errors.size() < FieldError.MOST) {
      errors.add(new FieldError(field, code, message));
    }
  }

  int count() {
    return count;
  }

  /** Whether as many faults are known as a client gets. */
  boolean isFull() {
    return count >= FieldError.MOST;
  }

  /**
   * The answer. Its message is that of the first field that is missing or of the wrong type, or
   * else that of the first fault.
   */
  InvalidInputException exception() {
    return malformed != null
        ? new InvalidInputException(ReplyStatus.MALFORMED, malformed, errors)
        : new InvalidInputException(ReplyStatus.REFUSED, String.valueOf(first), errors);
  }
}

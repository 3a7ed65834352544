package dev.troupe.protocol.service;

import dev.troupe.protocol.call.FieldError;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import java.util.List;

/**
 * Thrown by the compact constructor of an input record, or by a handler; the caller gets its status
 * and message, and the field at fault when the exception names one.
 */
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ReplyStatus status;
  private final transient List<FieldError> errors;

  InvalidInputException(ReplyStatus status, String message, List<FieldError> errors) {
    super(message);
    this.status = status;
    this.errors = List.copyOf(errors);
  }

  /** Missing, or of the wrong type: 400. */
  public static InvalidInputException malformed(String message) {
    return new InvalidInputException(ReplyStatus.MALFORMED, message, List.of());
  }

  /** A field that is missing, or of the wrong type: 400. */
  public static InvalidInputException malformed(String field, String code, String message) {
    return of(ReplyStatus.MALFORMED, field, code, message);
  }

  /** Of the right type, but not acceptable: 422. */
  public static InvalidInputException refused(String message) {
    return new InvalidInputException(ReplyStatus.REFUSED, message, List.of());
  }

  /**
   * A field of the right type that is not acceptable: 422.
   *
   * @param field as the client writes its name, seen from the record that is checked
   * @param code what is wrong, for a program, like {@code not_blank}
   * @param message what is wrong and what is expected, with the name of the field
   */
  public static InvalidInputException refused(String field, String code, String message) {
    return of(ReplyStatus.REFUSED, field, code, message);
  }

  private static InvalidInputException of(
      ReplyStatus status, String field, String code, String message) {
    return new InvalidInputException(
        status, message, List.of(new FieldError(field, code, message)));
  }

  /** The reply to {@code request} that tells all of this. */
  public ServiceReply to(ServiceRequest request) {
    return ServiceReply.error(request, status, String.valueOf(getMessage()))
        .withData(FieldError.write(errors));
  }

  public ReplyStatus status() {
    return status;
  }

  /** What is wrong with which fields; empty when the exception names none. */
  public List<FieldError> errors() {
    return errors;
  }
}

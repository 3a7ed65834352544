package dev.troupe.protocol.call;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** How a call ended. The names are the contract inside the cluster, the codes that with HTTP. */
public enum ReplyStatus {
  OK(200),
  CREATED(201),
  /** Stored; the work itself is still to be done. */
  ACCEPTED(202),
  /** Done; the reply has no body. */
  NO_CONTENT(204),
  /** The client has the current version already; the reply has no body. */
  NOT_MODIFIED(304),
  /** Malformed JSON, or a field that is missing or of the wrong type. */
  MALFORMED(400),
  NOT_FOUND(404),
  CONFLICT(409),
  /** The resource has another version than the client named. */
  PRECONDITION_FAILED(412),
  /** Well-formed, but the service will not do it: an unknown user, a quantity of 0. */
  REFUSED(422),
  /** The service failed in a way it did not expect. */
  FAILED(500),
  /** The instance, or the caller, is of another version of Troupe; see {@link VersionMismatch}. */
  VERSION_MISMATCH(500),
  /** The service did the work, and its reply is larger than a reply may be. */
  TOO_LARGE(500),
  /** The instance is leaving and did not begin, so the call may be sent to another one. */
  NOT_TAKEN(503),
  /** The instance has as many requests as it may have, and did not begin. */
  OVERLOADED(503),
  /** No instance can take the call now, or the instance that had it is lost. */
  UNAVAILABLE(503),
  /** The deadline passed; the work may still have been done. */
  DEADLINE(504);

  private static final Set<String> SERVICE_ERRORS =
      Arrays.stream(values())
          .filter(status -> status.isServiceError())
          .map(ReplyStatus::name)
          .collect(Collectors.toUnmodifiableSet());

  private final int httpCode;

  ReplyStatus(int httpCode) {
    this.httpCode = httpCode;
  }

  public int httpCode() {
    return httpCode;
  }

  public boolean isSuccess() {
    return httpCode < 300;
  }

  public boolean isError() {
    return httpCode >= 400;
  }

  /** Whether this counts as an error of the service, not of its caller. */
  public boolean isServiceError() {
    return httpCode >= 500;
  }

  /** The same for a name, as metrics have it; false if no status has it. */
  public static boolean isServiceError(String name) {
    return SERVICE_ERRORS.contains(name);
  }
}

package dev.troupe.protocol.service;

/** The HTTP methods an action can be bound to. */
public enum HttpMethod {
  GET,
  POST,
  PUT,
  PATCH,
  DELETE;

  /** Whether two equal requests have the effect of one (RFC 9110, 9.2.2). */
  public boolean isIdempotent() {
    return this == GET || this == PUT || this == DELETE;
  }

  /** Whether the action's input comes from a body rather than from the query. */
  public boolean hasBody() {
    return this == POST || this == PUT || this == PATCH;
  }
}

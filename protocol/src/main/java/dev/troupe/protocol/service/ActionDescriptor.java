package dev.troupe.protocol.service;

import java.util.List;

/**
 * An action as the other nodes of the cluster know it.
 *
 * @param name unique in its service, like {@code create_user}
 * @param idempotent whether the router may repeat a lost call without an idempotency key
 * @param maxUpload as in {@link Action}
 * @param headers of the request that the service wants, in lower case
 */
public record ActionDescriptor(
    String name,
    HttpMethod method,
    PathTemplate path,
    boolean idempotent,
    long maxUpload,
    List<String> headers) {
  public ActionDescriptor {
    // A node of an earlier version publishes none.
    headers = headers == null ? List.of() : List.copyOf(headers);
  }

  /** An action whose body is no upload, and that reads no headers. */
  public ActionDescriptor(String name, HttpMethod method, PathTemplate path, boolean idempotent) {
    this(name, method, path, idempotent, Action.NO_UPLOAD, List.of());
  }

  /**
   * The place of the action in the tree of paths: its method, and its path whatever the variables
   * are called. A request reaches one action of a place only.
   */
  public String place() {
    return method + " " + path.shape();
  }
}

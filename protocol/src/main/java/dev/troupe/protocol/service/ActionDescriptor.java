package dev.troupe.protocol.service;

import java.util.List;

/**
 * An action as the other nodes of the cluster know it.
 *
 * @param name unique in its service, like {@code create_user}
 * @param idempotent whether the router may repeat a lost call without an idempotency key
 * @param maxUpload as in {@link Action}
 * @param headers of the request that the service wants, in lower case
 * @param prefix whether it takes the requests of all methods to the path and to all paths below it,
 *     as a program does; {@code method} says nothing then. False from an earlier version
 */
public record ActionDescriptor(
    String name,
    HttpMethod method,
    PathTemplate path,
    boolean idempotent,
    long maxUpload,
    List<String> headers,
    boolean prefix) {
  private static final String BELOW = "%s/**";

  public ActionDescriptor {
    // A node of an earlier version publishes none.
    headers = headers == null ? List.of() : List.copyOf(headers);
  }

  /** An action of one method and one path. */
  public ActionDescriptor(
      String name,
      HttpMethod method,
      PathTemplate path,
      boolean idempotent,
      long maxUpload,
      List<String> headers) {
    this(name, method, path, idempotent, maxUpload, headers, false);
  }

  /** An action whose body is no upload, and that reads no headers. */
  public ActionDescriptor(String name, HttpMethod method, PathTemplate path, boolean idempotent) {
    this(name, method, path, idempotent, Action.NO_UPLOAD, List.of());
  }

  /** All requests to {@code path} and to all paths below it. */
  public static ActionDescriptor allBelow(String name, PathTemplate path) {
    return new ActionDescriptor(
        name, HttpMethod.GET, path, false, Action.NO_UPLOAD, List.of(), true);
  }

  /** The method for people to read. */
  public String shownMethod() {
    return prefix ? "ANY" : method.name();
  }

  /** The path for people to read. */
  public String shownPath() {
    return prefix ? shownBelow(path) : path.toString();
  }

  /** A path and all paths below it, for people to read. */
  public static String shownBelow(PathTemplate path) {
    return BELOW.formatted(path.isRoot() ? "" : path);
  }

  /**
   * The place of the action in the tree of paths: its method, and its path whatever the variables
   * are called. A request reaches one action of a place only.
   */
  public String place() {
    return prefix ? shownMethod() + " " + shownPath() : method + " " + path.shape();
  }

  /**
   * Whether one of both actions of different services hides the other. Within a prefix a longer
   * path is the more specific one, and is no conflict.
   */
  boolean conflictsWith(ActionDescriptor other) {
    return prefix == other.prefix
        ? place().equals(other.place())
        : !path.isRoot() && path.equals(other.path);
  }
}

package dev.troupe.node.program;

import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * A request of a client to a program, and the place where its response is left for the caller. A
 * request that is sent again may have two responses; the caller takes the one that its reply names.
 * Thread-safe.
 */
public final class ProxiedRequest {
  private final HttpRequest head;
  private final ContentType type;
  private final boolean idempotent;
  private long offeredBy;
  private @Nullable HttpResponse offered;
  private boolean taken;

  /**
   * @param head the request without its body, as the program gets it
   * @param type of the body
   * @param idempotent whether two equal requests have the effect of one
   */
  public ProxiedRequest(HttpRequest head, ContentType type, boolean idempotent) {
    this.head = head;
    this.type = type;
    this.idempotent = idempotent;
  }

  HttpRequest head() {
    return head;
  }

  ContentType type() {
    return type;
  }

  boolean isIdempotent() {
    return idempotent;
  }

  boolean isHead() {
    return head.method().equals(HttpMethods.HEAD);
  }

  /**
   * Leaves a response for the caller.
   *
   * @return a response that nobody will take, and whose body must be cancelled; null if none
   */
  synchronized @Nullable HttpResponse offer(long correlationId, HttpResponse response) {
    if (taken) {
      return response;
    }
    HttpResponse earlier = offered;
    offered = response;
    offeredBy = correlationId;
    return earlier;
  }

  /** What {@link #take} found. */
  public record Taken(@Nullable HttpResponse response, @Nullable HttpResponse unwanted) {}

  /**
   * Ends the request for its caller.
   *
   * @param correlationId of the reply that the caller has
   * @return the response that belongs to this reply, or one that nobody wants
   */
  public synchronized Taken take(long correlationId) {
    taken = true;
    HttpResponse response = offered;
    offered = null;
    return offeredBy == correlationId ? new Taken(response, null) : new Taken(null, response);
  }
}

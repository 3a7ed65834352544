package dev.troupe.service.host;

import dev.troupe.node.health.CallCounters;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.LargeBody;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.trace.TraceContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests that an instance took and has not answered, and what they hold of its limits. Used
 * by one actor.
 */
final class InFlightRequests {
  private static final Logger log = LoggerFactory.getLogger(InFlightRequests.class);

  /**
   * What bounds an endpoint.
   *
   * @param maxInFlight the most requests at a time; more are refused
   * @param maxInFlightBytes the most bytes of their bodies together; large replies that are on
   *     their way have the same bound of their own
   * @param maxReplyBytes the most bytes of the body of one reply
   */
  record Limits(int maxInFlight, long maxInFlightBytes, long maxReplyBytes) {}

  /**
   * A request that was taken, and where its reply goes.
   *
   * @param trace with the span of the caller's attempt; null if nobody traces the request
   * @param span of what is done for the request
   * @param sinceNanos when it was taken
   */
  record Taken(
      long correlationId,
      ActorRef<ServiceReply> replyTo,
      String action,
      Deadline deadline,
      int bytes,
      @Nullable TraceContext trace,
      long span,
      long sinceNanos) {}

  /** Why a request or a reply is not taken. */
  record Refusal(ReplyStatus status, String reason) {}

  // In characters. The message of an error is not sent in parts, unlike a large body.
  private static final int LONGEST_MESSAGE = 100_000;

  private final String slot;
  private final Limits limits;
  private final CallCounters counters;
  private final Map<Long, Taken> taken = new HashMap<>();
  private long lastId;
  private int fetching;
  private long requestBytes;
  private long replyBytes;

  InFlightRequests(String slot, Limits limits, CallCounters counters) {
    this.slot = slot;
    this.limits = limits;
    this.counters = counters;
  }

  /**
   * Whether a request has no room.
   *
   * @param size of its body in bytes
   */
  Optional<Refusal> refusalOf(int size) {
    if (taken.size() + fetching >= limits.maxInFlight()) {
      return Optional.of(
          new Refusal(
              ReplyStatus.OVERLOADED,
              "%s has %d requests in flight (max-in-flight); try again later"
                  .formatted(slot, limits.maxInFlight())));
    }
    if (requestBytes + size > limits.maxInFlightBytes()) {
      return Optional.of(
          new Refusal(
              ReplyStatus.OVERLOADED,
              "%s has requests of %d bytes in flight (max-in-flight-bytes: %d); try again later"
                  .formatted(slot, requestBytes, limits.maxInFlightBytes())));
    }
    return Optional.empty();
  }

  /**
   * Takes a request.
   *
   * @param span of what is done for it
   * @return the correlation id under which the service is to answer
   */
  long take(ServiceRequest request, long span) {
    counters.began();
    int bytes = request.data().size();
    requestBytes += bytes;
    taken.put(
        ++lastId,
        new Taken(
            request.correlationId(),
            request.replyTo(),
            request.action(),
            request.deadline(),
            bytes,
            request.trace(),
            span,
            System.nanoTime()));
    return lastId;
  }

  /**
   * Ends a request, before its reply is sent.
   *
   * @param id that {@link #take} gave
   * @return null when the request is over: its deadline passed, or it was answered before
   */
  @Nullable Taken remove(long id) {
    Taken removed = taken.remove(id);
    if (removed != null) {
      requestBytes -= removed.bytes();
    }
    return removed;
  }

  /**
   * Whether a request is neither answered nor past its deadline.
   *
   * @param id that {@link #take} gave
   */
  boolean isTaken(long id) {
    return taken.containsKey(id);
  }

  /** Ends the requests whose deadline has passed. Nobody waits for their replies. */
  List<Taken> removeExpired() {
    long now = System.nanoTime();
    List<Taken> expired = new ArrayList<>();
    for (Iterator<Taken> all = taken.values().iterator(); all.hasNext(); ) {
      Taken request = all.next();
      if (request.deadline().hasPassed(now)) {
        all.remove();
        requestBytes -= request.bytes();
        counters.ended(true);
        expired.add(request);
      }
    }
    return expired;
  }

  /** The body of a large request is being fetched; it holds its room from now on. */
  void fetchBegan(int size) {
    fetching++;
    requestBytes += size;
  }

  void fetchEnded(int size) {
    fetching--;
    requestBytes -= size;
  }

  /** The reply itself, or an error in its place when it is too large or has no room now. */
  ServiceReply bounded(ServiceReply reply, Taken taken) {
    int size = reply.data().size();
    if (size > limits.maxReplyBytes()) {
      String problem =
          "the reply of %s has %d bytes (expected: at most %d, the max-reply of its service)"
              .formatted(taken.action(), size, limits.maxReplyBytes());
      log.warn("[{}] {}, request {}", slot, problem, reply.requestId());
      return error(reply, ReplyStatus.TOO_LARGE, problem + "; ask for less at a time");
    }
    Optional<Refusal> refusal =
        size > LargeBody.LARGEST_AT_ONCE ? refusalOfReply(size) : Optional.empty();
    if (refusal.isPresent()) {
      return error(reply, refusal.get().status(), refusal.get().reason());
    }
    String message = reply.message();
    return message == null || message.length() <= LONGEST_MESSAGE
        ? reply
        : error(reply, reply.status(), message.substring(0, LONGEST_MESSAGE) + "…");
  }

  private static ServiceReply error(ServiceReply reply, ReplyStatus status, String message) {
    return new ServiceReply(
        reply.correlationId(), reply.requestId(), status, JsonBytes.EMPTY, message);
  }

  /**
   * Whether a large reply has no room beside those that are on their way.
   *
   * @param size of its body in bytes
   */
  Optional<Refusal> refusalOfReply(int size) {
    return replyBytes + size <= limits.maxInFlightBytes()
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                ReplyStatus.UNAVAILABLE,
                "%s has large replies of %d bytes on their way (max-in-flight-bytes: %d); try again later"
                    .formatted(slot, replyBytes, limits.maxInFlightBytes())));
  }

  /** A large reply is on its way; it holds its room until its receiver has it or gives up. */
  void replyBegan(int size) {
    replyBytes += size;
  }

  void replyEnded(int size) {
    replyBytes -= size;
  }

  /** Whether no request is unanswered. */
  boolean isEmpty() {
    return taken.isEmpty();
  }

  /** Whether the process may end: a large reply that is on its way would end with it. */
  boolean isDrained() {
    return taken.isEmpty() && fetching == 0 && replyBytes == 0;
  }
}

package dev.troupe.protocol.service;

import dev.troupe.protocol.call.BodyStream;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.trace.TraceContext;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The caller of an action and its deadline. Every handler gets it, and passes it to the calls it
 * makes.
 *
 * @param deadline when the first caller stops waiting; no work begins after it
 * @param condition the condition of the client for a write, from {@code If-Match} or {@code
 *     If-None-Match}
 * @param upload the body of an action that is stated as {@link Action#upload}; null for others, see
 *     {@link #body}
 * @param keyedWrite the write that the client may repeat; null without an idempotency key
 * @param event that the handler is called for; null in other calls
 * @param trace the place of the call in the trace of its request; null if nobody traces it
 * @param client see {@link #clientAddress}
 * @param caller see {@link #principal}
 * @param headers see {@link #header}
 */
public record CallContext(
    String requestId,
    Deadline deadline,
    Condition condition,
    @Nullable IdempotentWrite keyedWrite,
    @Nullable EventId event,
    @Nullable TraceContext trace,
    @Nullable Upload upload,
    @Nullable String client,
    @Nullable String caller,
    AskedHeaders headers) {

  /** A call that no client makes. */
  public CallContext(
      String requestId,
      Deadline deadline,
      Condition condition,
      @Nullable IdempotentWrite keyedWrite,
      @Nullable EventId event,
      @Nullable TraceContext trace) {
    this(
        requestId,
        deadline,
        condition,
        keyedWrite,
        event,
        trace,
        null,
        null,
        null,
        AskedHeaders.NONE);
  }

  /**
   * @throws InvalidInputException when the condition of {@code request} is not well-formed
   */
  static CallContext of(ServiceRequest request, Action<?, ?> action, Upload.Receiver uploads) {
    EventId event = EventId.of(request.client(), request.idempotencyKey());
    BodyStream upload = request.upload();
    return new CallContext(
        request.requestId(),
        request.deadline(),
        Condition.of(request),
        event == null ? IdempotentWrite.of(request, action) : null,
        event,
        request.trace(),
        upload == null ? null : new Upload(upload, uploads),
        event == null ? request.client() : null,
        request.principal(),
        new AskedHeaders(action.headers(), request.headers()));
  }

  /**
   * A header of the request.
   *
   * @param name one of those that the action {@linkplain Action#headers asks for}
   * @return several headers of one name are one value, separated by commas; empty if the client
   *     sent none
   * @throws IllegalArgumentException when the action does not ask for it
   */
  public Optional<String> header(String name) {
    return headers.value(name);
  }

  /**
   * The network address of the client that sent the request to the gateway; empty if no client did.
   * Behind a proxy it is that of the proxy.
   */
  public Optional<String> clientAddress() {
    return Optional.ofNullable(client);
  }

  /** Who makes the call; empty if the gateway does not know, as long as it asks nobody. */
  public Optional<String> principal() {
    return Optional.ofNullable(caller);
  }

  /** The trace of the request, which its client or the gateway began: 32 hexadecimal digits. */
  public Optional<String> traceId() {
    return Optional.ofNullable(trace).map(TraceContext::traceId);
  }

  /** The header {@code traceparent} for requests that a handler sends to other systems. */
  public Optional<String> traceparent() {
    return Optional.ofNullable(trace).map(TraceContext::traceparent);
  }

  /**
   * The body of a request to an action that is stated as {@link Action#upload}.
   *
   * @throws IllegalStateException when the action is not
   */
  public Upload body() {
    if (upload == null) {
      throw new IllegalStateException(
          "the call has no upload (expected: an action stated as .upload())");
    }
    return upload;
  }

  /** A call that no request causes, with a time limit. */
  public static CallContext within(Duration timeout) {
    return new CallContext(
        UUID.randomUUID().toString(), Deadline.after(timeout), Condition.NONE, null, null, null);
  }
}

package dev.troupe.protocol.service;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The behavior of a service, made from its actions and their handlers: reads and checks the input,
 * refuses requests that are past their deadline, and writes the reply.
 */
final class Actions {
  private static final Logger log = LoggerFactory.getLogger(Actions.class);
  private static final String TOO_LATE = "the deadline passed before the work was begun";

  private final String service;
  private final Map<String, Bound<?, ?>> bound;
  private final Upload.Receiver uploads;
  private final Set<String> unkept = ConcurrentHashMap.newKeySet();
  private final DescriptionReplies descriptions;

  private Actions(ServiceDescriptor descriptor, Upload.Receiver uploads, List<Bound<?, ?>> bound) {
    this.service = descriptor.service();
    this.descriptions = new DescriptionReplies(() -> ServiceDescription.of(descriptor, bound));
    this.uploads = uploads;
    this.bound =
        bound.stream().collect(toUnmodifiableMap(one -> one.action().name(), Function.identity()));
  }

  /** An action and its handler. */
  record Bound<I extends Record, O extends Record>(
      Action<I, O> action, InputReader<I> reader, ActionHandler<I, O> handler) {
    Bound<I, O> on(Executor blocking) {
      return handler instanceof BlockingAction<I, O> blocks
          ? new Bound<>(action, reader, blocks.on(blocking))
          : this;
    }
  }

  static Behavior<ServiceRequest> behavior(
      ServiceDescriptor descriptor, Upload.Receiver uploads, List<Bound<?, ?>> bound) {
    Actions actions = new Actions(descriptor, uploads, bound);
    return Behaviors.receiveMessage(
        request -> {
          RequestScope.of(request).run(() -> actions.receive(request));
          return Behaviors.same();
        });
  }

  /** The outcome of work that would begin after its deadline. */
  static <T> Outcome<T> tooLate() {
    return Outcome.refused(ReplyStatus.DEADLINE, TOO_LATE);
  }

  private void receive(ServiceRequest request) {
    if (request.action().equals(ServiceDescription.ACTION)) {
      descriptions.answer(request);
      return;
    }
    Bound<?, ?> target = bound.get(request.action());
    if (target == null) {
      reply(request, ReplyStatus.NOT_FOUND, service + " has no action " + request.action());
      return;
    }
    if (request.deadline().hasPassed()) {
      reply(request, ReplyStatus.DEADLINE, TOO_LATE);
      return;
    }
    handle(request, target);
  }

  private <I extends Record, O extends Record> void handle(
      ServiceRequest request, Bound<I, O> target) {
    try {
      CallContext call = CallContext.of(request, target.action(), uploads);
      if (isUnguarded(target.action(), call)) {
        reply(
            request,
            ReplyStatus.PRECONDITION_FAILED,
            request.action() + " takes no conditions (expected: no If-Match, no If-None-Match)");
        return;
      }
      if (takesNoKey(target.action(), request)) {
        reply(
            request,
            ReplyStatus.REFUSED,
            request.action()
                + " takes no Idempotency-Key, since its body or its reply is a stream (expected: none)");
        return;
      }
      I input = target.reader().read(request);
      Result<O> result = target.handler().handle(input, call);
      if (result instanceof OutcomeStage<O> later) {
        later
            .stage()
            .whenComplete(
                (outcome, failure) ->
                    RequestScope.of(request)
                        .run(() -> complete(request, call, target, outcome, failure)));
        return;
      }
      complete(request, call, target, (Outcome<O>) result, null);
    } catch (Throwable e) {
      // Errors too: a missing class is as much a fault of this one request as an exception.
      fail(request, e);
    }
  }

  // Without the check, the write could overwrite a change that the client has not seen.
  @SuppressWarnings("ReferenceEquality") // there is one that means none
  private static boolean isUnguarded(Action<?, ?> action, CallContext call) {
    return call.condition() != Condition.NONE
        && action.method() != HttpMethod.GET
        && !action.guarded();
  }

  // The key of an idempotent action may come from the router, and the action needs none.
  private static boolean takesNoKey(Action<?, ?> action, ServiceRequest request) {
    return action.isUnrepeatable() && !action.idempotent() && request.idempotencyKey() != null;
  }

  private <O extends Record> void complete(
      ServiceRequest request,
      CallContext call,
      Bound<?, O> target,
      @Nullable Outcome<O> outcome,
      @Nullable Throwable failure) {
    if (failure != null) {
      fail(request, failure instanceof CompletionException e ? e.getCause() : failure);
      return;
    }
    if (outcome instanceof Outcome.Refused<O> refused) {
      reply(request, refused.status(), refused.message());
      return;
    }
    if (outcome instanceof Outcome.Repeated<O> repeated) {
      request.replyTo().tell(repeated.answer().to(request));
      return;
    }
    // The stage would swallow an exception, and the caller would get no reply.
    try {
      O value = ((Outcome.Done<O>) Objects.requireNonNull(outcome, "no outcome")).value();
      warnIfNotKept(call, target.action());
      ServiceReply reply = answer(request, call.condition(), target.action(), value);
      if (value instanceof StreamedOutput body && reply.status().isSuccess()) {
        request.replyTo().<Object>unsafeUpcast().tell(new StreamedReply(reply, body));
      } else {
        request.replyTo().tell(reply);
      }
    } catch (Throwable e) {
      fail(request, e);
    }
  }

  private static ServiceReply answer(
      ServiceRequest request, Condition condition, Action<?, ?> action, Record value) {
    Map<String, String> headers = action.headers(value, request.path(), request.query());
    String tag = headers.get(Metadata.ETAG);
    if (tag != null && action.method() == HttpMethod.GET) {
      if (!condition.matches(tag)) {
        return ServiceReply.error(
            request,
            ReplyStatus.PRECONDITION_FAILED,
            "the version is " + tag + ", not one that If-Match names: read it again");
      }
      if (condition.excludes(tag)) {
        return ServiceReply.notModified(request, headers);
      }
    }
    return action.answer(value, headers).to(request);
  }

  // The client relies on its key: a repeated request must not be done twice.
  private void warnIfNotKept(CallContext call, Action<?, ?> action) {
    IdempotentWrite write = call.keyedWrite();
    if (write != null && !write.isAnswered() && !action.idempotent() && unkept.add(action.name())) {
      log.warn(
          "[{}] {} ignores idempotency keys, and may be done twice under one: its handler does not"
              + " write with Storage.write(call, …)",
          service,
          action.name());
    }
  }

  private void fail(ServiceRequest request, @Nullable Throwable failure) {
    if (failure instanceof InvalidInputException invalid) {
      request.replyTo().tell(invalid.to(request));
      return;
    }
    if (failure instanceof StorageUnavailableException unavailable) {
      long seconds = Math.max(1, (unavailable.retryAfter().toMillis() + 999) / 1000);
      request.replyTo().tell(unavailable(request, unavailable.getMessage(), seconds));
      return;
    }
    if (failure instanceof UploadException) {
      reply(request, ReplyStatus.MALFORMED, String.valueOf(failure.getMessage()));
      return;
    }
    if (failure instanceof UncertainWriteException) {
      reply(request, ReplyStatus.UNAVAILABLE, String.valueOf(failure.getMessage()));
      return;
    }
    if (failure instanceof RejectedExecutionException full) {
      reply(request, ReplyStatus.UNAVAILABLE, String.valueOf(full.getMessage()));
      return;
    }
    log.error("[{}] {} failed", service, request.action(), failure);
    reply(
        request,
        ReplyStatus.FAILED,
        "%s failed in %s; its log has the cause under request id %s"
            .formatted(service, request.action(), request.requestId()));
  }

  private static ServiceReply unavailable(
      ServiceRequest request, @Nullable String message, long seconds) {
    return new ServiceReply(
        request.correlationId(),
        request.requestId(),
        ReplyStatus.UNAVAILABLE,
        JsonBytes.EMPTY,
        message,
        Map.of(ServiceReply.RETRY_AFTER, String.valueOf(seconds)));
  }

  private static void reply(ServiceRequest request, ReplyStatus status, String message) {
    request.replyTo().tell(ServiceReply.error(request, status, message));
  }
}

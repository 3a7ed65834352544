package dev.troupe.node.call;

import dev.troupe.protocol.call.LargeReply;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.JsonBytes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What callers are told when no instance answered them. */
final class ErrorReplies {
  private ErrorReplies() {}

  /**
   * @param refusal why it was not let in
   */
  static ServiceReply refused(PendingCall pending, ActionGuard.Refusal refusal) {
    long seconds = Math.max(1, (refusal.retryAfter().toMillis() + 999) / 1000);
    return new ServiceReply(
        0,
        pending.call().requestId(),
        ReplyStatus.UNAVAILABLE,
        JsonBytes.EMPTY,
        refusal.why() + "; try again later",
        Map.of(ServiceReply.RETRY_AFTER, String.valueOf(seconds)));
  }

  static ServiceReply noRoom(PendingCall pending, int waiting) {
    return unavailable(
        pending,
        "no instance of %s can take it now and the waiting room is full (%d wait); try again later"
            .formatted(pending.call().service(), waiting));
  }

  /**
   * @param obstacle what an instance says it is unhealthy for, if one does
   */
  static ServiceReply expired(PendingCall pending, @Nullable String obstacle) {
    return unavailable(
        pending,
        "no instance of %s could take it in time%s; try again"
            .formatted(pending.call().service(), obstacle == null ? "" : " (" + obstacle + ")"));
  }

  static ServiceReply late(PendingCall pending) {
    return reply(
        pending,
        ReplyStatus.DEADLINE,
        pending.call().service() + " did not answer in time; whether it did the work is unknown");
  }

  static ServiceReply lost(PendingCall pending) {
    return unavailable(
        pending,
        pending.target().slot()
            + " was lost while it had this request; whether it did the work is unknown:"
            + " look before sending it again");
  }

  static ServiceReply lostAgain(PendingCall pending) {
    return unavailable(
        pending,
        "%s died while they had this request, which is not sent a third time; look at their logs"
            .formatted(
                String.join(
                    " and ", pending.deaths().stream().map(InstanceHandle::slot).toList())));
  }

  static ServiceReply lostAndBudgetSpent(PendingCall pending) {
    return unavailable(
        pending,
        "%s was lost while it had this request, and the retry budget of %s is spent; try again later"
            .formatted(pending.target().slot(), pending.call().service()));
  }

  /** The node cannot hold the reply of an instance. */
  static ServiceReply noRoomForReply(PendingCall pending, LargeReply reply, long limit) {
    return new ServiceReply(
        reply.head().correlationId(),
        pending.call().requestId(),
        ReplyStatus.UNAVAILABLE,
        JsonBytes.EMPTY,
        ("%s answered with %d bytes, and this node takes replies of %d bytes in all at a time"
                + " (troupe.gateway.max-reply-bytes); try again later")
            .formatted(pending.call().service(), reply.size(), limit));
  }

  static ServiceReply stopped(PendingCall pending) {
    return unavailable(pending, "this node makes no more calls, since it ends; try again");
  }

  static ServiceReply broken(PendingCall pending) {
    return reply(
        pending,
        ReplyStatus.FAILED,
        "this node failed to make the call; its log says why; whether %s did the work is unknown"
            .formatted(pending.call().service()));
  }

  private static ServiceReply unavailable(PendingCall pending, String message) {
    return reply(pending, ReplyStatus.UNAVAILABLE, message);
  }

  private static ServiceReply reply(PendingCall pending, ReplyStatus status, String message) {
    return new ServiceReply(0, pending.call().requestId(), status, JsonBytes.EMPTY, message);
  }
}

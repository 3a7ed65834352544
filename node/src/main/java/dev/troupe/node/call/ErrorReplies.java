package dev.troupe.node.call;

import dev.troupe.protocol.call.LargeReply;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.JsonBytes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The replies to calls that no instance has answered. */
final class ErrorReplies {
  private ErrorReplies() {}

  /**
   * @param refusal why the call is not made
   */
  static ServiceReply refused(PendingCall call, Refusal refusal) {
    long seconds = Math.max(1, (refusal.retryAfter().toMillis() + 999) / 1000);
    return new ServiceReply(
        0,
        call.outbound().requestId(),
        ReplyStatus.UNAVAILABLE,
        JsonBytes.EMPTY,
        refusal.why() + "; try again later",
        Map.of(ServiceReply.RETRY_AFTER, String.valueOf(seconds)));
  }

  static ServiceReply noRoom(PendingCall call, int waiting) {
    return unavailable(
        call,
        "no instance of %s can take it now and the waiting room is full (%d wait); try again later"
            .formatted(call.outbound().service(), waiting));
  }

  /**
   * @param obstacle why an instance says it is unhealthy, if one says so
   */
  static ServiceReply expired(PendingCall call, @Nullable String obstacle) {
    return unavailable(
        call,
        "no instance of %s could take it in time%s; try again"
            .formatted(call.outbound().service(), obstacle == null ? "" : " (" + obstacle + ")"));
  }

  static ServiceReply late(PendingCall call) {
    return reply(
        call.outbound(),
        ReplyStatus.DEADLINE,
        call.outbound().service() + " did not answer in time; whether it did the work is unknown");
  }

  static ServiceReply lost(PendingCall call) {
    if (call.diedWith().size() > 1) {
      return lostAgain(call);
    }
    return unavailable(
        call,
        call.instance().slot()
            + " was lost while it had this request; whether it did the work is unknown:"
            + " look before sending it again");
  }

  private static ServiceReply lostAgain(PendingCall call) {
    return unavailable(
        call,
        "%s died while they had this request, which is not sent a third time; look at their logs"
            .formatted(
                String.join(" and ", call.diedWith().stream().map(InstanceHandle::slot).toList())));
  }

  static ServiceReply lostAndBudgetSpent(PendingCall call) {
    return unavailable(
        call,
        "%s was lost while it had this request, and the retry budget of %s is spent; try again later"
            .formatted(call.instance().slot(), call.outbound().service()));
  }

  /** The node cannot hold the reply of an instance. */
  static ServiceReply noRoomForReply(PendingCall call, LargeReply reply, long limit) {
    return new ServiceReply(
        reply.head().correlationId(),
        call.outbound().requestId(),
        ReplyStatus.UNAVAILABLE,
        JsonBytes.EMPTY,
        ("%s answered with %d bytes, and this node takes replies of %d bytes in all at a time"
                + " (troupe.gateway.max-reply-bytes); try again later")
            .formatted(call.outbound().service(), reply.size(), limit));
  }

  static ServiceReply stopped(PendingCall call) {
    return unavailable(call, "this node is stopping and makes no more calls; try again");
  }

  /** The router itself failed. */
  static ServiceReply failed(OutboundCall call) {
    return reply(
        call,
        ReplyStatus.FAILED,
        "this node failed to make the call; its log says why; whether %s did the work is unknown"
            .formatted(call.service()));
  }

  private static ServiceReply unavailable(PendingCall call, String message) {
    return reply(call.outbound(), ReplyStatus.UNAVAILABLE, message);
  }

  private static ServiceReply reply(OutboundCall call, ReplyStatus status, String message) {
    return new ServiceReply(0, call.requestId(), status, JsonBytes.EMPTY, message);
  }
}

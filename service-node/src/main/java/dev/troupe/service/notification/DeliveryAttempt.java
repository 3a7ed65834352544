package dev.troupe.service.notification;

import dev.troupe.protocol.call.Deadline;
import dev.troupe.service.notification.channel.Channel;
import dev.troupe.service.notification.channel.ChannelSession;
import dev.troupe.service.notification.channel.DeliveryResult;
import dev.troupe.service.notification.channel.OutgoingNotification;
import java.util.ArrayList;
import java.util.List;

/** An attempt to deliver one notification, and its result. */
record DeliveryAttempt(OutgoingNotification notification, DeliveryResult result) {
  /**
   * Attempts to deliver all of {@code notifications}, one after the other. Blocks.
   *
   * @param until no attempt begins after this
   * @param spans takes each attempt down
   */
  static List<DeliveryAttempt> each(
      Channel channel,
      List<OutgoingNotification> notifications,
      Deadline until,
      DeliverySpans spans) {
    List<DeliveryAttempt> attempts = new ArrayList<>(notifications.size());
    try (ChannelSession session = channel.open()) {
      for (OutgoingNotification notification : notifications) {
        attempts.add(
            new DeliveryAttempt(
                notification,
                until.hasPassed()
                    ? DeliveryResult.Untried.INSTANCE
                    : attempt(session, notification, spans)));
      }
    }
    return attempts;
  }

  private static DeliveryResult attempt(
      ChannelSession session, OutgoingNotification notification, DeliverySpans spans) {
    long since = System.nanoTime();
    DeliveryResult result = delivered(session, notification);
    spans.attempted(notification, since, result);
    return result;
  }

  // A defect of a channel must not end the attempts that follow.
  private static DeliveryResult delivered(
      ChannelSession session, OutgoingNotification notification) {
    try {
      return session.deliver(notification);
    } catch (RuntimeException e) {
      return new DeliveryResult.Failed(e.toString());
    }
  }
}

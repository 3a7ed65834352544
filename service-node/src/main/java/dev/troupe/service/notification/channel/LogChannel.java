package dev.troupe.service.notification.channel;

import dev.troupe.service.text.VisibleCharacters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes notifications into the log. */
final class LogChannel implements Channel {
  private static final Logger log = LoggerFactory.getLogger(LogChannel.class);
  private static final int MAX_LENGTH = 100;

  @Override
  public ChannelSession open() {
    return LogChannel::deliver;
  }

  private static DeliveryResult deliver(OutgoingNotification delivery) {
    log.info(
        "notification {} to user {} by {}: {}",
        delivery.id(),
        delivery.userId(),
        delivery.type(),
        oneLine(delivery.message()));
    return DeliveryResult.Delivered.INSTANCE;
  }

  // The text of a client must not look like another line of the log.
  private static String oneLine(String message) {
    int points = message.codePointCount(0, message.length());
    if (points <= MAX_LENGTH) {
      return VisibleCharacters.of(message);
    }
    return VisibleCharacters.of(message.substring(0, message.offsetByCodePoints(0, MAX_LENGTH)))
        + '…';
  }
}

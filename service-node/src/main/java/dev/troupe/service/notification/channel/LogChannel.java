package dev.troupe.service.notification.channel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers into the log. */
final class LogChannel implements Channel {
  private static final Logger log = LoggerFactory.getLogger(LogChannel.class);
  private static final int MAX_LENGTH = 100;

  @Override
  public Courier open() {
    return LogChannel::deliver;
  }

  private static Result deliver(Delivery delivery) {
    log.info(
        "notification {} to user {} by {}: {}",
        delivery.id(),
        delivery.userId(),
        delivery.type(),
        oneLine(delivery.message()));
    return Result.Delivered.INSTANCE;
  }

  // What a client wrote must not look like a line of the log's own.
  private static String oneLine(String message) {
    int length = Math.min(message.length(), MAX_LENGTH);
    StringBuilder line = new StringBuilder(length + 1);
    for (int i = 0; i < length; i++) {
      char c = message.charAt(i);
      line.append(Character.isISOControl(c) ? ' ' : c);
    }
    return message.length() > length ? line.append('…').toString() : line.toString();
  }
}

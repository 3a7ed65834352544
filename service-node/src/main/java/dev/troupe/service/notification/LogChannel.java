package dev.troupe.service.notification;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers into the log. */
final class LogChannel implements Channel {
  private static final Logger log = LoggerFactory.getLogger(LogChannel.class);
  private static final int MAX_LENGTH = 100;

  @Override
  public void deliver(Notification notification) {
    log.info(
        "notification {} to user {} by {}: {}",
        notification.id(),
        notification.userId(),
        notification.type(),
        oneLine(notification.message()));
  }

  // What a client wrote must not look like a line of the log's own.
  private static String oneLine(String message) {
    String line = message.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
  }
}

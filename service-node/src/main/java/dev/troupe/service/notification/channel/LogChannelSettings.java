package dev.troupe.service.notification.channel;

/** The log has no settings. */
public enum LogChannelSettings implements ChannelSettings {
  INSTANCE;

  @Override
  public Channel open(Recipients recipients) {
    return new LogChannel();
  }
}

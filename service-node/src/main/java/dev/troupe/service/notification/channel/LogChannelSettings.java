package dev.troupe.service.notification.channel;

/** The log needs none. */
public enum LogChannelSettings implements ChannelSettings {
  INSTANCE;

  @Override
  public Channel open(Recipients recipients) {
    return new LogChannel();
  }
}

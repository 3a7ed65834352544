package dev.troupe.service.notification.channel;

import dev.troupe.protocol.settings.Section;

/** The kind of a channel and its settings. */
public sealed interface ChannelSettings permits LogChannelSettings, SmtpSettings, WebhookSettings {
  /** The kinds of channels. */
  enum Kind {
    LOG,
    SMTP,
    WEBHOOK
  }

  /**
   * Reads the block of one channel.
   *
   * @throws dev.troupe.protocol.settings.SettingsException naming the key at fault
   */
  static ChannelSettings read(Section section) {
    return switch (section.choice("kind", Kind.class)) {
      case LOG -> Section.finish(section, read -> LogChannelSettings.INSTANCE);
      case SMTP -> Section.finish(section.withFallback(SmtpSettings.DEFAULTS), SmtpSettings::read);
      case WEBHOOK ->
          Section.finish(section.withFallback(WebhookSettings.DEFAULTS), WebhookSettings::read);
    };
  }

  /**
   * @param recipients gives the addresses of users
   */
  Channel open(Recipients recipients);
}

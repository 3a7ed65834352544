package dev.troupe.service.notification;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.protocol.service.Paging;
import dev.troupe.protocol.settings.Section;
import dev.troupe.service.notification.channel.ChannelSettings;
import dev.troupe.service.notification.channel.LogChannelSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings of {@link NotificationService}.
 *
 * @param channels by the type of notification they are for; each other type goes to {@link #LOG}
 */
record NotificationSettings(
    Paging paging,
    DeliveryPolicy policy,
    Retention retention,
    Map<String, ChannelSettings> channels) {
  /** The channel that is always there. */
  static final String LOG = "log";

  private static final Config DEFAULTS =
      ConfigFactory.parseString(
          """
          channels {}
          delivery {
            batch = 250
            gather = 50ms
            claim = 2m
            look = 1s
            first-pause = 1s
            longest-pause = 10m
            jitter = 0.2
            deadline = 24h
          }
          retention {
            keep-sent = 30d
            keep-dead = 30d
            look = 1m
          }
          """);

  NotificationSettings {
    Map<String, ChannelSettings> all = new LinkedHashMap<>();
    all.put(LOG, LogChannelSettings.INSTANCE);
    all.putAll(channels);
    channels = Map.copyOf(all);
  }

  /**
   * @throws dev.troupe.protocol.settings.SettingsException naming the key at fault
   */
  static NotificationSettings read(Config settings) {
    return Section.finish(
        Section.of("settings", settings).withFallback(DEFAULTS),
        s ->
            new NotificationSettings(
                Paging.read(s),
                Section.finish(s.section("delivery"), DeliveryPolicy::read),
                Section.finish(s.section("retention"), Retention::read),
                channels(s.section("channels"))));
  }

  private static Map<String, ChannelSettings> channels(Section section) {
    Map<String, ChannelSettings> channels = new LinkedHashMap<>();
    for (String type : section.keys()) {
      if (!type.matches(NotificationService.TYPE)) {
        throw section.problem(type, "'" + type + "' is no type (expected: 1 to 20 of [a-z])");
      }
      channels.put(type, ChannelSettings.read(section.section(type)));
    }
    return channels;
  }

  /** The channel of notifications of {@code type}. */
  String channelOf(String type) {
    return channels.containsKey(type) ? type : LOG;
  }
}

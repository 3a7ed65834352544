package dev.troupe.protocol.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;

/**
 * Environment variables, those of the seed system and those that hold secrets, as overrides of the
 * settings they stand for.
 */
final class Environment {
  static final Map<String, String> KEYS =
      Map.of(
          "SERVICE_CHECK_INTERVAL", "troupe.health.check-interval",
          "MAX_RESTART_ATTEMPTS", "troupe.restart.max-restarts",
          "HEARTBEAT_TIMEOUT", "troupe.health.heartbeat-timeout",
          "GATEWAY_HOST", "troupe.gateway.host",
          "GATEWAY_PORT", "troupe.gateway.port",
          "MANAGEMENT_PORT", "troupe.management.port",
          "LOG_LEVEL", "troupe.logs.level",
          "TROUPE_STORAGE_URL", "troupe.storage.url",
          "TROUPE_STORAGE_USER", "troupe.storage.user",
          "TROUPE_STORAGE_PASSWORD", "troupe.storage.password");

  private Environment() {}

  static Config overrides(Map<String, String> environment) {
    Config overrides = ConfigFactory.empty();
    for (Map.Entry<String, String> key : KEYS.entrySet()) {
      String value = environment.getOrDefault(key.getKey(), "").strip();
      if (!value.isEmpty()) {
        overrides =
            overrides.withValue(
                key.getValue(),
                ConfigValueFactory.fromAnyRef(
                    inSeconds(key.getKey(), value), "environment variable " + key.getKey()));
      }
    }
    return overrides;
  }

  // The seed system gave these two as plain numbers of seconds.
  private static String inSeconds(String variable, String value) {
    boolean seconds =
        variable.equals("SERVICE_CHECK_INTERVAL") || variable.equals("HEARTBEAT_TIMEOUT");
    return seconds && value.matches("[0-9.]+") ? value + "s" : value;
  }
}

package dev.troupe.protocol.settings;

/**
 * The metrics that nodes keep of their work.
 *
 * @param enabled whether nodes measure calls, and answer the seed node when it is scraped
 */
public record MetricsSettings(boolean enabled) {
  static MetricsSettings read(Section section) {
    return Section.finish(section, s -> new MetricsSettings(s.flag("enabled")));
  }
}

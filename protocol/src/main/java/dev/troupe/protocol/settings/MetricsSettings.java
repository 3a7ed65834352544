package dev.troupe.protocol.settings;

/**
 * The metrics that nodes keep of their work.
 *
 * @param enabled whether nodes measure calls, and answer the seed node when it is scraped
 * @param historySlots the most slots of which the seed node keeps a history; 0 for none at all
 */
public record MetricsSettings(boolean enabled, int historySlots) {
  private static final int MOST_SLOTS = 5_000;

  static MetricsSettings read(Section section) {
    return Section.finish(
        section,
        s -> new MetricsSettings(s.flag("enabled"), s.integer("history-slots", 0, MOST_SLOTS)));
  }

  /** Whether there is a history. */
  public boolean hasHistory() {
    return enabled && historySlots > 0;
  }
}

package dev.troupe.protocol.settings;

import java.time.Duration;

/**
 * Bodies that pass in chunks, of any size: downloads, and events for a client.
 *
 * @param max streams of one node, open at a time
 * @param chunkTimeout how long the next chunk may take to be made, and how long it may wait until
 *     it is wanted
 * @param heartbeat after how long without an event a client of an event stream gets a comment
 */
public record StreamSettings(int max, Duration chunkTimeout, Duration heartbeat) {
  static StreamSettings read(Section section) {
    return Section.finish(section, StreamSettings::complete);
  }

  private static StreamSettings complete(Section s) {
    StreamSettings settings =
        new StreamSettings(
            s.integer("max", 1, 1_000_000),
            s.duration("chunk-timeout", Limits.MILLISECOND, Limits.HOUR),
            s.duration("heartbeat", Limits.MILLISECOND, Limits.HOUR));
    s.require(
        "heartbeat",
        settings.heartbeat.compareTo(settings.chunkTimeout) < 0,
        "less than chunk-timeout, " + Units.text(settings.chunkTimeout));
    return settings;
  }
}

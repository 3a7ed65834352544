package dev.troupe.protocol.settings;

import java.time.Duration;

/**
 * Bodies that pass in chunks, of any size: downloads, uploads, and events for a client.
 *
 * @param max streams of one node, open at a time
 * @param chunkTimeout how long the next chunk may take to be made, and how long it may wait until
 *     it is wanted
 * @param heartbeat after how long without an event a client of an event stream gets a comment
 * @param maxUploadBytes the largest body of an upload whose action states no limit
 * @param uploadTimeout how long an upload may take as a whole
 */
public record StreamSettings(
    int max,
    Duration chunkTimeout,
    Duration heartbeat,
    long maxUploadBytes,
    Duration uploadTimeout) {
  static StreamSettings read(Section section) {
    return Section.finish(section, StreamSettings::complete);
  }

  private static StreamSettings complete(Section s) {
    StreamSettings settings =
        new StreamSettings(
            s.integer("max", 1, 1_000_000),
            s.duration("chunk-timeout", Limits.MILLISECOND, Limits.HOUR),
            s.duration("heartbeat", Limits.MILLISECOND, Limits.HOUR),
            s.bytes("max-upload", 1, 1024 * Limits.GIB),
            s.duration("upload-timeout", Limits.MILLISECOND, Limits.DAY));
    s.require(
        "heartbeat",
        settings.heartbeat.compareTo(settings.chunkTimeout) < 0,
        "less than chunk-timeout, " + Units.text(settings.chunkTimeout));
    return settings;
  }
}

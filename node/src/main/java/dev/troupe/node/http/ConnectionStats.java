package dev.troupe.node.http;

/**
 * Open connections of a server, and counts since it started.
 *
 * @param open connections that are open now
 * @param max connections that may be open at a time
 * @param closedForRoom idle or slow connections closed to make room for new ones
 * @param closedSlow connections closed because a request head arrived, or a reply was read, too
 *     slowly
 * @param closedIdle connections closed because they were open too long without a request
 * @param refused new connections refused because their address had too many open
 * @param bodiesRefused requests refused because there was no room for their bodies
 * @param repliesRefused replies replaced by an error because there was no room for them
 */
public record ConnectionStats(
    int open,
    int max,
    long closedForRoom,
    long closedSlow,
    long closedIdle,
    long refused,
    long bodiesRefused,
    long repliesRefused) {
  public static final ConnectionStats NONE = new ConnectionStats(0, 0, 0, 0, 0, 0, 0, 0);
}

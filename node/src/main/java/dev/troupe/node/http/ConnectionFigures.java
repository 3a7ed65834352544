package dev.troupe.node.http;

/**
 * What a server had to do to its connections since it started.
 *
 * @param open now
 * @param max open at a time
 * @param closedForRoom idle or slow ones that made room for new ones
 * @param closedSlow whose request head, or whose reading of a reply, took too long
 * @param closedIdle that were open too long without a request
 * @param refused new ones of an address that had too many
 * @param bodiesRefused requests whose bodies found no room
 * @param repliesRefused replies that found no room
 */
public record ConnectionFigures(
    int open,
    int max,
    long closedForRoom,
    long closedSlow,
    long closedIdle,
    long refused,
    long bodiesRefused,
    long repliesRefused) {
  public static final ConnectionFigures NONE = new ConnectionFigures(0, 0, 0, 0, 0, 0, 0, 0);
}

package dev.troupe.protocol.settings;

/**
 * How nodes reach each other.
 *
 * @param endpoint of the seed node; the other nodes take free ports of the same host
 */
public record ClusterSettings(Endpoint endpoint) {
  static ClusterSettings read(Section section) {
    return Section.finish(section, s -> new ClusterSettings(Endpoint.read(s)));
  }
}

package dev.troupe.protocol.settings;

/**
 * Where something listens.
 *
 * @param host name or address
 * @param port 0 to 65535; 0 means any free one
 */
public record Endpoint(String host, int port) {
  static Endpoint read(Section section) {
    return new Endpoint(section.string("host"), section.integer("port", 0, 65535));
  }
}

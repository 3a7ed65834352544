package dev.troupe.protocol.settings;

/**
 * Where something listens.
 *
 * @param host name or address
 * @param port 0 to 65535; 0 means any free one
 */
public record Endpoint(String host, int port) {
  /** The host as it stands in a URL or an address: that of IPv6 in brackets. */
  public String hostInAddress() {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  static Endpoint read(Section section) {
    return new Endpoint(section.string("host"), section.integer("port", 0, 65535));
  }
}

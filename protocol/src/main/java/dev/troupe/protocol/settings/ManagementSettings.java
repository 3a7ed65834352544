package dev.troupe.protocol.settings;

import java.util.Set;

/**
 * The management listener of the seed node: the dashboard, and what {@code bin/troupe} asks.
 *
 * @param endpoint an address of the loopback; if its port is taken, any free one is
 */
public record ManagementSettings(Endpoint endpoint) {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

  static ManagementSettings read(Section section) {
    return Section.finish(
        section,
        s -> {
          Endpoint endpoint = Endpoint.read(s);
          s.require(
              "host",
              LOOPBACK.contains(endpoint.host()),
              "127.0.0.1, ::1 or localhost: there is no TLS. From elsewhere use a tunnel, like"
                  + " ssh -L 5001:127.0.0.1:5001 HOST");
          return new ManagementSettings(endpoint);
        });
  }
}

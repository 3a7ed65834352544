package dev.troupe.service.storage;

import dev.troupe.protocol.settings.ServerSettings;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections to the server as the settings say. */
final class PostgresSources {
  private PostgresSources() {}

  static PGSimpleDataSource of(String service, ServerSettings server) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(server.url().value());
    if (!server.user().isBlank()) {
      source.setUser(server.user());
    }
    if (!server.password().value().isEmpty()) {
      source.setPassword(server.password().value());
    }
    int seconds = Math.toIntExact(server.connectTimeout().toSeconds());
    source.setConnectTimeout(seconds);
    source.setLoginTimeout(seconds);
    source.setTcpKeepAlive(true);
    source.setApplicationName("troupe " + service);
    return source;
  }
}

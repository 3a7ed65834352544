package dev.troupe.gateway;

import dev.troupe.node.health.ReadinessCheck;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/**
 * The readiness check of a gateway: the registry has been read, and one request to itself has been
 * answered. That request also loads the classes that the first client would otherwise wait for.
 *
 * <p>After one success the check sends no more requests: they would compete with clients for
 * connections, and a gateway whose connections are all taken is busy, not broken.
 */
final class SelfProbe implements ReadinessCheck {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final RegistryWarmup warmup;
  private final String url;
  private volatile boolean answered;

  SelfProbe(RegistryWarmup warmup, String url) {
    this.warmup = warmup;
    this.url = url;
  }

  @Override
  public void run() throws IOException, InterruptedException {
    if (answered) {
      return;
    }
    warmup.await(TIMEOUT);
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setConnectTimeout((int) TIMEOUT.toMillis());
    connection.setReadTimeout((int) TIMEOUT.toMillis());
    connection.setRequestProperty("Connection", "close");
    try (InputStream body = connection.getInputStream()) {
      body.readAllBytes();
    }
    answered = true;
  }
}

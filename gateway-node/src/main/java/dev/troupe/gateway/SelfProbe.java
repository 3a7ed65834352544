package dev.troupe.gateway;

import dev.troupe.node.health.ReadinessCheck;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/**
 * The gateway's readiness check: it knows what runs, and has answered a request once, which also
 * loads what the first client would have to wait for. It does not ask again: a check would compete
 * with clients for connections, and a gateway that has no more of them is busy, not broken.
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

package dev.troupe.service.program;

import dev.troupe.node.health.ReadinessCheck;
import dev.troupe.protocol.settings.ProgramSettings;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The readiness check of a program: it accepts connections, and its health path answers 2xx or 3xx.
 * A program that gives no answer at all for too long hangs. Used by one thread at a time.
 */
final class ProgramProbe implements ReadinessCheck {
  private static final int SMALLEST_ERROR = 400;

  private final String host;
  private final int port;
  private final @Nullable String health;
  private final Duration patience;
  private final Consumer<String> onHanging;
  private final LongSupplier nanos;
  private long answeredAtNanos;
  private boolean answered;

  /**
   * @param port of the program, or {@link ProgramSettings#NO_PORT}: there is nothing to check then
   * @param health a path; null to check only that the program accepts connections
   * @param patience how long the program may give no answer once it has given one
   * @param onHanging gets the reason when that is over
   */
  ProgramProbe(
      String host,
      int port,
      @Nullable String health,
      Duration patience,
      Consumer<String> onHanging,
      LongSupplier nanos) {
    this.host = host;
    this.port = port;
    this.health = health;
    this.patience = patience;
    this.onHanging = onHanging;
    this.nanos = nanos;
  }

  @Override
  public void run() throws IOException {
    if (port == ProgramSettings.NO_PORT) {
      return;
    }
    try {
      check();
      onAnswer();
    } catch (IOException silent) {
      // Only silence counts. A program that answers, whatever it says, does not hang.
      if (answered && nanos.getAsLong() - answeredAtNanos >= patience.toNanos()) {
        onHanging.accept(
            "it has given no answer for %d s: %s"
                .formatted(patience.toSeconds(), silent.getMessage()));
      }
      throw silent;
    }
  }

  private void check() throws IOException {
    if (health == null) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(host, port), timeoutMillis());
      } catch (IOException refused) {
        throw new IOException(notListening(), refused);
      }
      return;
    }
    int code = healthCode(health);
    onAnswer();
    if (code < 0) {
      throw new IllegalStateException(
          "its answer to GET %s at port %d is not HTTP".formatted(health, port));
    }
    if (code >= SMALLEST_ERROR) {
      throw new IllegalStateException("GET %s answers %d".formatted(health, code));
    }
  }

  private int healthCode(String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://%s:%d%s".formatted(host, port, path))
                .toURL()
                .openConnection(Proxy.NO_PROXY);
    try {
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout(timeoutMillis());
      connection.setReadTimeout(timeoutMillis());
      connection.setRequestProperty("Connection", "close");
      return connection.getResponseCode();
    } catch (SocketTimeoutException late) {
      throw new IOException(
          "no answer to GET %s at port %d within %d ms".formatted(path, port, timeoutMillis()),
          late);
    } catch (java.net.ConnectException refused) {
      throw new IOException(notListening(), refused);
    } catch (IOException broken) {
      throw new IOException(
          "no answer to GET %s at port %d: %s".formatted(path, port, broken.getMessage()), broken);
    } finally {
      connection.disconnect();
    }
  }

  private String notListening() {
    return "it accepts no connections at %s:%d, which is the PORT that it was given"
        .formatted(host, port);
  }

  // Shorter than the time that the node gives a readiness check, so that the reason is this one.
  private int timeoutMillis() {
    return Math.toIntExact(Math.min(5000, Math.max(1, patience.toMillis() / 2)));
  }

  private void onAnswer() {
    answered = true;
    answeredAtNanos = nanos.getAsLong();
  }
}

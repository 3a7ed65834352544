package dev.troupe.service.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.troupe.protocol.settings.ProgramSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ProgramProbeTest {
  private static final String HOST = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AtomicLong nanos = new AtomicLong();
  private final List<String> hanging = new ArrayList<>();

  private ProgramProbe probe(int port, @Nullable String health) {
    return new ProgramProbe(HOST, port, health, PATIENCE, hanging::add, nanos::get);
  }

  @Test
  void aProgramWithoutAPortIsReady() {
    assertThatCode(() -> probe(ProgramSettings.NO_PORT, null).run()).doesNotThrowAnyException();
  }

  @Test
  void aProgramWithoutHealthIsReadyWhenItAcceptsConnections() throws IOException {
    ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    ProgramProbe probe = probe(server.getLocalPort(), null);
    assertThatCode(probe::run).doesNotThrowAnyException();

    server.close();

    assertThatThrownBy(probe::run)
        .hasMessage(
            "it accepts no connections at 127.0.0.1:%d, which is the PORT that it was given"
                .formatted(server.getLocalPort()));
  }

  @Test
  void itsHealthAnswers2xxOr3xx() throws IOException {
    AtomicLong code = new AtomicLong(204);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    server.createContext(
        "/health",
        exchange -> {
          exchange.sendResponseHeaders((int) code.get(), -1);
          exchange.close();
        });
    server.start();
    try {
      ProgramProbe probe = probe(server.getAddress().getPort(), "/health");
      assertThatCode(probe::run).doesNotThrowAnyException();
      code.set(302);
      assertThatCode(probe::run).doesNotThrowAnyException();
      code.set(503);
      assertThatThrownBy(probe::run).hasMessage("GET /health answers 503");
      nanos.addAndGet(PATIENCE.toNanos());
      assertThatThrownBy(probe::run).hasMessage("GET /health answers 503");
      assertThat(hanging).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void onlyAProgramThatHasAnsweredOnceHangs() throws IOException {
    ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    int port = server.getLocalPort();
    ProgramProbe never = probe(port, null);
    ProgramProbe once = probe(port, null);
    once.run();
    server.close();

    nanos.addAndGet(PATIENCE.toNanos());

    assertThatThrownBy(never::run).isInstanceOf(IOException.class);
    assertThat(hanging).isEmpty();
    assertThatThrownBy(once::run).isInstanceOf(IOException.class);
    assertThat(hanging)
        .containsExactly(
            ("it has given no answer for 10 s: it accepts no connections at 127.0.0.1:%d, which is"
                    + " the PORT that it was given")
                .formatted(port));
  }
}

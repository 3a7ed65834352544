package dev.troupe.protocol.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class FreePortTest {
  @Test
  void aFreePortCanBeBoundAndIsNoneTheSystemGivesAway() throws IOException {
    int port = FreePort.on("127.0.0.1");

    assertThat(port).isBetween(20_000, 32_000);
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      assertThat(socket.isBound()).isTrue();
    }
  }

  @Test
  void aHostThatIsNotOursHasNoFreePort() {
    // TEST-NET-1 of RFC 5737: nobody's address.
    assertThatIOException()
        .isThrownBy(() -> FreePort.on("192.0.2.1"))
        .withMessageStartingWith("no free port on 192.0.2.1");
  }
}

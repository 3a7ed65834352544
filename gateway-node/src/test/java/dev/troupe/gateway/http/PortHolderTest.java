package dev.troupe.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PortHolderTest {

  @Test
  @EnabledOnOs(OS.LINUX)
  void theProcessThatListensIsFoundByItsPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      PortHolder holder = PortHolder.of(socket.getLocalPort()).orElseThrow();

      assertThat(holder.pid()).isEqualTo(ProcessHandle.current().pid());
      assertThat(holder.command()).contains("java").hasSizeLessThan(170);
    }
  }

  @Test
  void aFreePortHasNoHolder() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertThat(PortHolder.of(port)).isEmpty();
  }
}

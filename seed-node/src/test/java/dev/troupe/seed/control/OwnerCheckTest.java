package dev.troupe.seed.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class OwnerCheckTest {
  private static final OptionalInt SELF = OptionalInt.of(1000);
  private static final String TABLES =
      """
        sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
         0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1 1
         1: 0100007F:C001 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 2 1
         2: 0000000000000000FFFF00000100007F:C002 0000000000000000FFFF00000100007F:1F90 01 \
      00000000:00000000 00:00000000 00000000  1002        0 3 1
      """;

  @Test
  void theUserOfAConnectionStandsInTheTableOfSockets() throws UnknownHostException {
    InetSocketAddress server = at(0x1F90);

    assertThat(PeerUser.in(TABLES, at(0xC001), server)).hasValue(1001);
    assertThat(PeerUser.in(TABLES, at(0xC002), server)).as("through IPv6").hasValue(1002);
    assertThat(PeerUser.in(TABLES, at(0xC003), server)).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aConnectionOfThisProcessIsThatOfItsUser() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
      assertThat(
              PeerUser.of(
                  (InetSocketAddress) client.getLocalSocketAddress(),
                  (InetSocketAddress) client.getRemoteSocketAddress()))
          .isEqualTo(PeerUser.self());
    }
  }

  @Test
  void onlyOtherUsersAreNotAdmitted() throws UnknownHostException {
    OwnerCheck check = new OwnerCheck(SELF, (peer, local) -> OptionalInt.of(peer.getPort()));

    assertThat(check.admits(at(1001), at(9))).isFalse();
    assertThat(check.admits(at(1000), at(9))).isTrue();
    assertThat(check.admits(at(0), at(9))).as("root").isTrue();
  }

  @Test
  void whoseConnectionIsNotKnownIsAdmitted() throws UnknownHostException {
    OwnerCheck none = new OwnerCheck(SELF, (peer, local) -> OptionalInt.empty());
    OwnerCheck self = new OwnerCheck(OptionalInt.empty(), (peer, local) -> OptionalInt.of(1));

    assertThat(none.admits(at(1), at(9))).isTrue();
    assertThat(self.admits(at(1), at(9))).isTrue();
  }

  private static InetSocketAddress at(int port) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
  }
}

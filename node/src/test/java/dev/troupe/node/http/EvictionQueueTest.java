package dev.troupe.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvictionQueueTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private final EvictionQueue queue = new EvictionQueue();
  private final List<ClientConnection> open = new ArrayList<>();

  @Test
  void theOneThatHasBeenIdleLongestGoesFirst() {
    ClientConnection first = served();
    ClientConnection second = served();

    assertThat(next(1)).isSameAs(first);
    open.remove(first);
    assertThat(next(1)).isSameAs(second);
    open.remove(second);
    assertThat(next(1)).isNull();
  }

  @Test
  void whoHasSentNothingGoesBeforeThatAndTheLastOfThemFirst() {
    ClientConnection served = served();
    ClientConnection first = connect(HERE);
    ClientConnection second = connect(HERE);

    assertThat(next(1)).isSameAs(second);
    open.remove(second);
    assertThat(next(1)).isSameAs(first);
    open.remove(first);
    assertThat(next(1)).isSameAs(served);
  }

  @Test
  void whoHasJustComeStays() {
    connect(HERE);

    assertThat(next(0)).isNull();
  }

  @Test
  void whoHasGotOnSinceItWasFoundStays() {
    ClientConnection first = served();
    ClientConnection second = served();
    ClientConnection third = served();
    assertThat(next(1)).isSameAs(first);

    second.received(10, true);
    second.requestBegan();

    assertThat(next(1)).isSameAs(third);
  }

  @Test
  void whoWaitsItsTurnMayGo() {
    ClientConnection connection = connect(HERE);
    connection.received(10, true);
    assertThat(connection.requestBegan()).as("sent ahead").isFalse();
    assertThat(next(100)).isNull();

    answer(connection);
    assertThat(connection.requestBegan()).as("sent ahead").isTrue();

    assertThat(next(100)).isSameAs(connection);
    connection.turnCame();
    assertThat(next(100)).isNull();
  }

  @Test
  void onlyThoseOfTheAddressGo() throws Exception {
    connect(HERE);
    InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    ClientConnection of = connect(other);

    assertThat(queue.next(open, other, inSeconds(1))).isSameAs(of);
    open.remove(of);
    assertThat(queue.next(open, other, inSeconds(1))).isNull();
    assertThat(next(1)).isNotNull();
  }

  private ClientConnection served() {
    ClientConnection connection = connect(HERE);
    connection.received(10, true);
    connection.requestBegan();
    answer(connection);
    return connection;
  }

  private static void answer(ClientConnection connection) {
    connection.replied(true, 0);
    connection.sends();
    connection.sent();
  }

  private ClientConnection connect(InetAddress address) {
    ClientConnection connection = new ClientConnection(address);
    open.add(connection);
    return connection;
  }

  private ClientConnection next(int seconds) {
    return queue.next(open, null, inSeconds(seconds));
  }

  private static long inSeconds(int seconds) {
    return System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
  }
}

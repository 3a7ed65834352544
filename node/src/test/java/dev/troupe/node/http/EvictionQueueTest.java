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
  void theConnectionThatHasBeenIdleLongestGoesFirst() {
    ClientConnection first = served();
    ClientConnection second = served();

    assertThat(next(1)).isSameAs(first);
    open.remove(first);
    assertThat(next(1)).isSameAs(second);
    open.remove(second);
    assertThat(next(1)).isNull();
  }

  @Test
  void aConnectionThatSentNothingGoesBeforeIdleOnesAndTheNewestFirst() {
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
  void aNewConnectionIsKept() {
    connect(HERE);

    assertThat(next(0)).isNull();
  }

  @Test
  void aConnectionWhoseStateChangedSinceThePassIsKept() {
    ClientConnection first = served();
    ClientConnection second = served();
    ClientConnection third = served();
    assertThat(next(1)).isSameAs(first);

    second.onBytesToParser(10, true);
    second.onRequest();

    assertThat(next(1)).isSameAs(third);
  }

  @Test
  void aQueuedRequestIsEvictableAndARunningOneIsNot() {
    ClientConnection connection = connect(HERE);
    connection.onBytesToParser(10, true);
    assertThat(connection.onRequest()).as("pipelined").isFalse();
    assertThat(next(100)).isNull();

    answer(connection);
    assertThat(connection.onRequest()).as("pipelined").isTrue();

    assertThat(next(100)).isSameAs(connection);
    connection.onDequeued();
    assertThat(next(100)).isNull();
  }

  @Test
  void onlyConnectionsOfTheAddressGo() throws Exception {
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
    connection.onBytesToParser(10, true);
    connection.onRequest();
    answer(connection);
    return connection;
  }

  private static void answer(ClientConnection connection) {
    connection.onReply(ClientConnection.ReplyKind.WHOLE, 0);
    connection.onWrite();
    connection.onWritten();
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

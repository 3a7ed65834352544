package dev.troupe.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Runs hostile clients. A client whose connection was closed connects again at once. All clients
 * together open a limited number of connections in a second, because an attack that used all
 * processors of this machine would leave none to measure.
 */
final class HostileClients implements AutoCloseable {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long TICK_MILLIS = 10;
  private static final long TICK_NANOS = TICK_MILLIS * 1_000_000;
  private static final int TICKS_PER_SECOND = (int) (SECOND_NANOS / TICK_NANOS);

  private final SocketAddress gateway;
  private final int opensPerSecond;
  private final List<HostileClient> clients = new ArrayList<>();
  private final Queue<HostileClient> disconnected = new ArrayDeque<>();
  private final Selector selector;
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(64 << 10);
  private final Thread thread = new Thread(this::attack, "hostile");
  private final AtomicLong opened = new AtomicLong();
  private volatile boolean ended;
  private volatile @Nullable IOException failure;

  private HostileClients(int port, int opensPerSecond) throws IOException {
    this.gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.opensPerSecond = opensPerSecond;
    this.selector = Selector.open();
  }

  /**
   * @param counts number of clients of each kind
   * @param opensPerSecond most connections that all clients together open in a second
   */
  static HostileClients begin(
      int port, Map<HostileClient.Kind, Integer> counts, int opensPerSecond) {
    try {
      HostileClients hostile = new HostileClients(port, opensPerSecond);
      counts.forEach(
          (kind, count) -> {
            for (int i = 0; i < count; i++) {
              hostile.clients.add(new HostileClient(kind));
            }
          });
      hostile.disconnected.addAll(hostile.clients);
      hostile.thread.setDaemon(true);
      hostile.thread.start();
      return hostile;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connections opened so far. */
  long opened() {
    return opened.get();
  }

  @Override
  public void close() {
    ended = true;
    selector.wakeup();
    try {
      thread.join();
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    clients.forEach(HostileClient::close);
    IOException why = failure;
    if (why != null) {
      throw new UncheckedIOException("the attack has ended early", why);
    }
  }

  private void attack() {
    long last = System.nanoTime();
    long sinceTick = 0;
    int tick = 0;
    double allowed = 0;
    try {
      while (!ended) {
        selector.select(this::onReady, TICK_MILLIS);
        long now = System.nanoTime();
        sinceTick += now - last;
        // Connections that could not be opened in time are not all made up for at once.
        double more = (double) opensPerSecond * (now - last) / SECOND_NANOS;
        allowed = open(Math.min(allowed + more, opensPerSecond / 10.0));
        last = now;
        for (; sinceTick >= TICK_NANOS; sinceTick -= TICK_NANOS) {
          tick(tick++ % TICKS_PER_SECOND);
        }
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  /** Opens {@code most} connections at most, and returns how many of them were not needed. */
  private double open(double most) {
    double left = most;
    while (left >= 1 && !disconnected.isEmpty()) {
      left--;
      HostileClient client = disconnected.remove();
      opened.incrementAndGet();
      try {
        client.open(gateway, selector);
      } catch (IOException e) {
        drop(client);
      }
    }
    return left;
  }

  private void onReady(SelectionKey key) {
    HostileClient client = (HostileClient) key.attachment();
    try {
      client.onReady(key, scratch);
    } catch (IOException e) {
      drop(client);
    }
  }

  /** Calls each client in one of the ticks of a second. */
  private void tick(int index) {
    for (int i = index; i < clients.size(); i += TICKS_PER_SECOND) {
      try {
        clients.get(i).onSecond();
      } catch (IOException e) {
        drop(clients.get(i));
      }
    }
  }

  private void drop(HostileClient client) {
    client.close();
    disconnected.add(client);
  }
}

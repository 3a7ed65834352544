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
 * Clients that take what they can of a gateway. Who is thrown out comes again at once, all of them
 * together so many times a second at most: an attack that took all of this machine's processors for
 * itself would measure nothing else.
 */
final class HostileClients implements AutoCloseable {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long TICK_MILLIS = 10;
  private static final long TICK_NANOS = TICK_MILLIS * 1_000_000;
  private static final int TICKS_PER_SECOND = (int) (SECOND_NANOS / TICK_NANOS);

  private final SocketAddress gateway;
  private final int opensPerSecond;
  private final List<HostileClient> clients = new ArrayList<>();
  private final Queue<HostileClient> away = new ArrayDeque<>();
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
   * @param counts how many there are of each kind
   * @param opensPerSecond connections that all of them together may open in a second
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
      hostile.away.addAll(hostile.clients);
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
        // Who could not come does not come all at once later.
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

  /** Opens so many connections, and returns how many were too many. */
  private double open(double most) {
    double left = most;
    while (left >= 1 && !away.isEmpty()) {
      left--;
      HostileClient client = away.remove();
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

  /** Each client is served in one tick of a second. */
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
    away.add(client);
  }
}

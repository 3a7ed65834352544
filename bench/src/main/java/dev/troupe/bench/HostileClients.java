package dev.troupe.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Clients that open connections and then do next to nothing with them, again and again. */
final class HostileClients implements AutoCloseable {
  private static final long ROUND_NANOS = 1_000_000_000L;
  private static final String HOST = "Host: localhost\r\n";

  /** What a client does. */
  enum Kind {
    SLOW_HEAD("GET /users HTTP/1.1\r\n" + HOST + "X-Slow: ", "x"),
    SLOW_BODY(
        "POST /users HTTP/1.1\r\n"
            + HOST
            + "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{",
        " "),
    SLOW_READER(
        ("GET /users HTTP/1.1\r\n" + HOST + "\r\n").repeat(20),
        "GET /users HTTP/1.1\r\n" + HOST + "\r\n"),
    IDLE("", "");

    private final String first;
    private final String more;

    Kind(String first, String more) {
      this.first = first;
      this.more = more;
    }
  }

  private static final class Client {
    private final Kind kind;
    private @Nullable SocketChannel channel;

    Client(Kind kind) {
      this.kind = kind;
    }
  }

  private final SocketAddress gateway;
  private final List<Client> clients = new ArrayList<>();
  private final Thread thread = new Thread(this::attack, "hostile");
  private volatile boolean ended;
  private final AtomicLong opened = new AtomicLong();

  private HostileClients(int port) {
    this.gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Begins with so many of each kind but the idle ones, and so many idle ones. */
  static HostileClients begin(int port, int ofEach, int idle) {
    HostileClients hostile = new HostileClients(port);
    for (Kind kind : Kind.values()) {
      int count = kind == Kind.IDLE ? idle : ofEach;
      for (int i = 0; i < count; i++) {
        hostile.clients.add(new Client(kind));
      }
    }
    hostile.thread.setDaemon(true);
    hostile.thread.start();
    return hostile;
  }

  /** Connections opened so far; who is thrown out comes again. */
  long opened() {
    return opened.get();
  }

  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    clients.forEach(HostileClients::drop);
  }

  private void attack() {
    while (!ended) {
      long next = System.nanoTime() + ROUND_NANOS;
      for (Client client : clients) {
        if (ended) {
          return;
        }
        go(client);
      }
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private void go(Client client) {
    try {
      SocketChannel channel = client.channel;
      if (channel == null) {
        channel = open();
        client.channel = channel;
        write(channel, client.kind.first);
      }
      if (channel.isConnected()) {
        write(channel, client.kind.more);
        if (client.kind != Kind.SLOW_READER && channel.read(ByteBuffer.allocate(512)) < 0) {
          drop(client);
        }
      }
    } catch (IOException e) {
      drop(client);
    }
  }

  private static void write(SocketChannel channel, String text) throws IOException {
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private SocketChannel open() throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.socket().setReceiveBufferSize(4096);
    channel.socket().connect(gateway, 2_000);
    channel.configureBlocking(false);
    opened.incrementAndGet();
    return channel;
  }

  private static void drop(Client client) {
    SocketChannel channel = client.channel;
    client.channel = null;
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // it is gone either way
      }
    }
  }
}

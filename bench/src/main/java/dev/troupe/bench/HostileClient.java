package dev.troupe.bench;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A client that opens a connection and misuses it. Not safe for use by several threads. */
final class HostileClient {
  // The smallest buffer that Linux gives, so that replies that nobody reads stay with the server.
  private static final int SMALL_BUFFER = 2048;
  private static final String HOST = "Host: localhost\r\n";
  private static final String READ = get("/users/1");
  private static final String READ_MUCH = get("/users?limit=100");

  /** What a client does. */
  enum Kind {
    SLOW_HEAD("slow heads", "GET /users HTTP/1.1\r\n" + HOST + "X-Slow: ", "x"),
    SLOW_BODY(
        "slow bodies",
        "POST /users HTTP/1.1\r\n"
            + HOST
            + "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{",
        " "),
    SLOW_READER("slow readers", READ_MUCH.repeat(20), READ_MUCH),
    IDLE("idle connections", "", ""),
    /** Sends without pause and does not wait for answers. */
    PIPELINE("pipelines", READ.repeat(100), READ.repeat(100));

    private final String text;
    private final String first;
    private final String more;

    Kind(String text, String first, String more) {
      this.text = text;
      this.first = first;
      this.more = more;
    }

    /** Words that follow a number. */
    @Override
    public String toString() {
      return text;
    }
  }

  private final Kind kind;
  private @Nullable SocketChannel channel;
  private ByteBuffer unsent = ByteBuffer.allocate(0);

  HostileClient(Kind kind) {
    this.kind = kind;
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\n" + HOST + "\r\n";
  }

  /** Begins to connect. */
  void open(SocketAddress gateway, Selector selector) throws IOException {
    SocketChannel opened = SocketChannel.open();
    channel = opened;
    if (kind == Kind.SLOW_READER) {
      opened.socket().setReceiveBufferSize(SMALL_BUFFER);
    }
    opened.configureBlocking(false);
    opened.connect(gateway);
    opened.register(selector, SelectionKey.OP_CONNECT, this);
    unsent = bytes(kind.first);
  }

  /**
   * Connects, reads or writes, as the connection is ready for.
   *
   * @param scratch takes bytes that are ignored
   * @throws IOException when the gateway has closed the connection
   */
  void onReady(SelectionKey key, ByteBuffer scratch) throws IOException {
    if (key.isConnectable()) {
      connection().finishConnect();
      key.interestOps(interest());
      connection().write(unsent);
    }
    if (key.isReadable() && connection().read(scratch.clear()) < 0) {
      throw new IOException("the gateway has closed the connection");
    }
    if (key.isWritable() && kind == Kind.PIPELINE) {
      send();
    }
  }

  /**
   * Must be called once a second.
   *
   * @throws IOException when the gateway has closed the connection
   */
  void onSecond() throws IOException {
    if (channel != null && channel.isConnected() && kind != Kind.PIPELINE) {
      send();
    }
  }

  void close() {
    SocketChannel closing = channel;
    channel = null;
    if (closing != null) {
      try {
        closing.close();
      } catch (IOException e) {
        // The connection is of no use either way.
      }
    }
  }

  private int interest() {
    return switch (kind) {
      case SLOW_HEAD, SLOW_BODY, IDLE -> SelectionKey.OP_READ;
      // The next request shows whether the gateway has closed the connection.
      case SLOW_READER -> 0;
      case PIPELINE -> SelectionKey.OP_READ | SelectionKey.OP_WRITE;
    };
  }

  private void send() throws IOException {
    if (!unsent.hasRemaining()) {
      unsent = bytes(kind.more);
    }
    connection().write(unsent);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private SocketChannel connection() throws IOException {
    if (channel == null) {
      throw new IOException("there is no connection");
    }
    return channel;
  }
}

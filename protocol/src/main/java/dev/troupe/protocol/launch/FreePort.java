package dev.troupe.protocol.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds a free port for a process, below the range that the operating system uses for outgoing
 * connections (from 32768 on Linux), so that none of these takes the port before the process does.
 */
public final class FreePort {
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;
  private static final int TRIES = 200;

  private FreePort() {}

  /**
   * @throws IOException when none of the {@value #TRIES} ports that were tried is free
   */
  public static int on(String host) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (isFree(host, port)) {
        return port;
      }
    }
    throw new IOException(
        "no free port on %s: tried %d from %d to %d".formatted(host, TRIES, FIRST, LAST));
  }

  private static boolean isFree(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}

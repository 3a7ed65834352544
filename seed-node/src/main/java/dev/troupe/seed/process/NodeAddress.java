package dev.troupe.seed.process;

import dev.troupe.node.start.NodeMain;

/** The addresses of nodes. */
public final class NodeAddress {
  private NodeAddress() {}

  public static String of(String host, int port) {
    return "pekko://%s@%s:%d".formatted(NodeMain.SYSTEM, host, port);
  }
}

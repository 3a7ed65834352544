package dev.troupe.gateway;

import dev.troupe.node.start.NodeMain;

/** The program that starts a gateway: {@code java -jar gateway-node.jar --home DIR --join …}. */
public final class GatewayNode {
  private GatewayNode() {}

  public static void main(String[] args) {
    NodeMain.run(args, "gateway-1", new GatewayRole());
  }
}

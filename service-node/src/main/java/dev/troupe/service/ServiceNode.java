package dev.troupe.service;

import dev.troupe.node.start.NodeMain;
import dev.troupe.service.host.ServiceRole;

/** The program that hosts one service: {@code java -jar service-node.jar --slot UserService-1}. */
public final class ServiceNode {
  private ServiceNode() {}

  public static void main(String[] args) {
    NodeMain.run(args, null, new ServiceRole());
  }
}

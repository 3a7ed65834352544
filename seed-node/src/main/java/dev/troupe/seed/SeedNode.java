package dev.troupe.seed;

import dev.troupe.node.start.NodeMain;

/** The program that starts the seed node: {@code java -jar seed-node.jar --home DIR}. */
public final class SeedNode {
  private SeedNode() {}

  public static void main(String[] args) {
    NodeMain.run(args, "seed-1", new SeedRole());
  }
}

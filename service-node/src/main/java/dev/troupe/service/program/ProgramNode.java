package dev.troupe.service.program;

import dev.troupe.node.start.NodeMain;

/** The main class of a node that hosts a program: {@code --slot Legacy-1}. */
public final class ProgramNode {
  private ProgramNode() {}

  public static void main(String[] args) {
    NodeMain.run(args, null, new ProgramRole());
  }
}

package dev.troupe.seed.process;

import dev.troupe.node.start.NodeMain;
import java.util.List;
import java.util.Optional;

/**
 * The part of a node's command line from which a later seed node learns its generation and its
 * address.
 *
 * @param port where the node listens for other nodes
 */
public record NodeFlags(int generation, int port) {
  private static final String GENERATION = "--generation";
  private static final String PORT = "--port";

  /** The address of the node on {@code host}. */
  public String address(String host) {
    return "pekko://%s@%s:%d".formatted(NodeMain.SYSTEM, host, port);
  }

  List<String> arguments() {
    return List.of(GENERATION, Integer.toString(generation), PORT, Integer.toString(port));
  }

  /** The flags in a command line; empty if it is not the command line of a node. */
  public static Optional<NodeFlags> of(List<String> arguments) {
    try {
      return Optional.of(new NodeFlags(number(arguments, GENERATION), number(arguments, PORT)));
    } catch (NumberFormatException | IndexOutOfBoundsException foreign) {
      return Optional.empty();
    }
  }

  private static int number(List<String> arguments, String flag) {
    return Integer.parseInt(arguments.get(arguments.indexOf(flag) + 1));
  }
}

package dev.troupe.node.start;

/** What makes a node a gateway, a service or a seed. */
@FunctionalInterface
public interface NodeRole {
  /**
   * Starts it, on a thread that may block, while the node joins the cluster.
   *
   * @throws Exception when it cannot start; the process then ends with this as its reason
   */
  StartedRole start(NodeContext node) throws Exception;
}

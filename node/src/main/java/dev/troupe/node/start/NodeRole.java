package dev.troupe.node.start;

/** What makes a node a gateway, a service or a seed. */
@FunctionalInterface
public interface NodeRole {
  /**
   * Starts the role while the node joins the cluster; may block.
   *
   * @throws Exception when the role cannot start; the process then ends with this reason
   */
  StartedRole start(NodeContext node) throws Exception;
}

package dev.troupe.node.start;

import dev.troupe.protocol.settings.Settings;
import java.nio.file.Path;
import java.util.List;

/** What makes a node a gateway, a service or a seed. */
@FunctionalInterface
public interface NodeRole {
  /**
   * Prepares the process before it has an actor system.
   *
   * @param serviceJars the jars of the service that the command line names
   */
  default void prepare(NodeIdentity identity, Settings settings, List<Path> serviceJars) {}

  /**
   * Starts the role while the node joins the cluster; may block.
   *
   * @throws Exception when the role cannot start; the process then ends with this reason
   */
  StartedRole start(NodeContext node) throws Exception;
}

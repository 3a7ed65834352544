package dev.troupe.node.start;

import dev.troupe.node.call.CallClient;
import dev.troupe.node.metrics.NodeMetrics;
import dev.troupe.node.registry.RegistryActor;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.settings.Settings;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * What a role can use of its node.
 *
 * @param registry tells each new view of the cluster to whoever watches
 * @param view the newest view of the cluster; cheap, from any thread
 * @param calls to services of the cluster
 * @param metrics takes what the role measures of itself
 * @param blocking for work of the node that blocks; a service has threads of its own for its jobs.
 *     Bounded
 */
public record NodeContext(
    NodeIdentity identity,
    Settings settings,
    ActorSystem<?> system,
    ActorRef<RegistryActor.Command> registry,
    Supplier<RegistryView> view,
    CallClient calls,
    NodeMetrics metrics,
    Executor blocking) {}

package dev.troupe.node.start;

import dev.troupe.node.call.CallClient;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.settings.Settings;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * What every node has to work with.
 *
 * @param registry the newest view of the cluster; cheap, from any thread
 * @param calls to services of the cluster
 * @param blocking for work that blocks; bounded
 */
public record NodeContext(
    NodeIdentity identity,
    Settings settings,
    ActorSystem<?> system,
    Supplier<RegistryView> registry,
    CallClient calls,
    Executor blocking) {}

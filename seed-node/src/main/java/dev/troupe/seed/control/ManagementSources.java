package dev.troupe.seed.control;

import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.process.HomeSecret;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.seed.alerts.AlertsActor;
import dev.troupe.seed.events.EventJournal;
import dev.troupe.seed.history.HistoryActor;
import dev.troupe.seed.supervisor.SupervisorActor;
import dev.troupe.seed.traces.TracesActor;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/**
 * From where the management listener has its answers.
 *
 * @param metricsHistory null if none is kept
 * @param registry the newest view of the cluster
 * @param observers the addresses of the members that do not hear another, by the address of that
 * @param blocking for work that reads files
 */
public record ManagementSources(
    ActorSystem<?> system,
    ActorRef<SupervisorActor.Command> supervisor,
    ActorRef<EventJournal.Command> journal,
    ActorRef<AlertsActor.Command> alerts,
    ActorRef<TracesActor.Command> traces,
    @Nullable ActorRef<HistoryActor.Command> metricsHistory,
    Supplier<RegistryView> registry,
    Supplier<Map<String, Set<String>>> observers,
    Settings settings,
    HomeSecret secret,
    Executor blocking) {}

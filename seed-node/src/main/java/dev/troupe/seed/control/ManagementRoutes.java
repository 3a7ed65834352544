package dev.troupe.seed.control;

import dev.troupe.node.metrics.MetricsReporter;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.metrics.MetricsReport;
import dev.troupe.protocol.metrics.MetricsRequest;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.seed.events.EventHistory;
import dev.troupe.seed.query.NodeClient;
import dev.troupe.seed.query.NodeQuestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;

/** All routes of the management listener but that by which it proves itself. */
final class ManagementRoutes {
  private ManagementRoutes() {}

  static List<ManagementRoute> all(
      ManagementSources sources, Sessions sessions, DashboardFiles files) {
    ActorSystem<?> system = sources.system();
    Supplier<RegistryView> registry = sources.registry();
    Settings settings = sources.settings();
    Executor blocking = sources.blocking();
    EventHistory history = new EventHistory(settings.run());
    ClusterRoutes cluster = new ClusterRoutes(system, sources.supervisor(), registry);
    HistoryRoutes load = new HistoryRoutes(system, sources.metricsHistory());
    SlotLookup slots = new SlotLookup(cluster::status, blocking);
    NodeClient<MetricsReport> metrics = settings.metrics().enabled() ? metrics(system) : null;
    Duration lag = settings.health().suspectAfter();
    List<ManagementRoute> routes = new ArrayList<>(cluster.all());
    routes.addAll(new LoginRoutes(sessions, files).all());
    routes.addAll(new DashboardRoutes(files).all());
    routes.addAll(new SlotRoutes(slots, settings, history, load::table, blocking).all());
    routes.addAll(new ThreadRoutes(slots, settings.logDirectory()).all());
    routes.addAll(new LogLevelRoute(system, slots, registry, sources.journal()).all());
    routes.addAll(new AlertRoutes(system, sources.alerts()).all());
    routes.addAll(new TraceRoutes(system, sources.traces(), settings.traces().enabled()).all());
    routes.addAll(new RegistryRoutes(registry, sources.observers()).all());
    routes.addAll(new DataRoute(system, cluster::status, registry, lag, blocking).all());
    routes.addAll(new SlotFileRoutes(settings.logDirectory(), blocking).all());
    routes.addAll(new LogRoutes(settings.logDirectory(), blocking).all());
    routes.addAll(new CallRoutes(cluster::status, blocking).all());
    routes.addAll(
        new LiveRoute(system, sources.supervisor(), sources.journal(), registry, history, blocking)
            .all());
    routes.addAll(new MetricsRoute(cluster::status, registry, settings, blocking, metrics).all());
    routes.addAll(new CallGraphRoute(registry, metrics).all());
    routes.addAll(load.all());
    return routes;
  }

  private static NodeClient<MetricsReport> metrics(ActorSystem<?> system) {
    return new NodeClient<>(
        system,
        "metrics-scraper",
        new NodeQuestion<>(
            MetricsReport.class,
            MetricsReport.VERSION,
            (address, query, replyTo) ->
                MetricsReporter.of(address, system).tell(new MetricsRequest(query, replyTo))));
  }
}

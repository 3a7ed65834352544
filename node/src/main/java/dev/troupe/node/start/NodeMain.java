package dev.troupe.node.start;

import com.typesafe.config.Config;
import dev.troupe.node.dispatcher.InternalDispatcher;
import dev.troupe.node.log.LogConfiguration;
import dev.troupe.node.shutdown.SystemExitHook;
import dev.troupe.protocol.launch.ExitNote;
import dev.troupe.protocol.launch.NodeExit;
import dev.troupe.protocol.settings.ProgramSettings;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsException;
import dev.troupe.protocol.settings.SettingsLoader;
import dev.troupe.protocol.settings.SettingsSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.jspecify.annotations.Nullable;

/** Starts a node of any kind from its command line. */
public final class NodeMain {
  /** The name every actor system of a cluster shares; part of its addresses. */
  public static final String SYSTEM = "troupe";

  private NodeMain() {}

  /**
   * Starts a node that joins the members given by {@code --join}. Returns at once; the node's
   * threads keep the process alive.
   *
   * @param defaultSlot the slot if the command line names none; null if it has to name one
   */
  public static void run(String[] args, @Nullable String defaultSlot, NodeRole role) {
    NodeArguments.Parsed parsed = NodeArguments.parse(defaultSlot, args);
    NodeArguments arguments = parsed.arguments();
    if (arguments == null) {
      System.exit(parsed.exit());
      return;
    }
    try {
      Settings settings = settings(arguments, System.getenv());
      role.prepare(arguments.identity(), settings, arguments.serviceJars);
      ActorSystem<?> system =
          start(settings, arguments.identity(), arguments.port, arguments.join, role);
      SystemExitHook.watch(system, arguments.identity().slot(), settings.stop().grace());
    } catch (SettingsException e) {
      System.err.println(e.getMessage());
      new ExitNote(NodeExit.START_REFUSED.code(), String.valueOf(e.getMessage())).print();
      System.exit(NodeExit.START_REFUSED.code());
    }
  }

  // A node that a person adds to a running cluster uses the settings of that cluster; its own
  // environment overrides them.
  private static Settings settings(NodeArguments arguments, Map<String, String> environment) {
    if (arguments.snapshot) {
      return SettingsSnapshot.read(arguments.home).settings();
    }
    if (!arguments.join.isEmpty()) {
      return SettingsSnapshot.find(arguments.home)
          .map(running -> running.settings(environment))
          .orElseGet(() -> SettingsLoader.load(arguments.home, environment));
    }
    // A person starts the first node: all nodes that it launches later use the same settings.
    SettingsSnapshot taken = SettingsSnapshot.take(arguments.home, environment);
    try {
      taken.write();
    } catch (IOException e) {
      throw new SettingsException(
          "%s cannot be written: %s".formatted(SettingsSnapshot.file(arguments.home), e));
    }
    return taken.settings();
  }

  /**
   * Starts a node.
   *
   * @param port for the other nodes; 0 means any free one
   * @param join addresses of members; with none, {@link #join} or {@link #formCluster} follows
   */
  static ActorSystem<?> start(
      Settings settings, NodeIdentity identity, int port, List<String> join, NodeRole role) {
    LogConfiguration.configure(settings, identity.slot());
    Config config = NodeConfig.of(settings, identity.service(), port);
    ActorSystem<?> system =
        ActorSystem.create(
            NodeGuardian.create(identity, settings, role),
            SYSTEM,
            config,
            InternalDispatcher.PROPS);
    join(system, join);
    return system;
  }

  /** Makes {@code system} join the cluster of the given members. */
  public static void join(ActorSystem<?> system, List<String> members) {
    if (members.isEmpty()) {
      return;
    }
    List<Address> addresses = members.stream().map(AddressFromURIString::parse).toList();
    Cluster.get(system).manager().tell(new JoinSeedNodes(addresses));
  }

  /** Makes {@code system} the first member of a new cluster. */
  public static void formCluster(ActorSystem<?> system) {
    Cluster cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
  }

  /**
   * How long the ordered stop of all processes may take: gateways, then services wave by wave. Each
   * wave may drain, has its grace after TERM (a program its stop timeout too), 5 s to be gone after
   * KILL, and 2 s until that is seen.
   */
  public static Duration longestStopOfAll(Settings settings) {
    Duration one = settings.stop().drainTimeout().plus(settings.stop().grace()).plusSeconds(7);
    Duration programs =
        settings.services().stream()
            .flatMap(service -> Optional.ofNullable(service.program()).stream())
            .map(ProgramSettings::stopTimeout)
            .reduce(Duration.ZERO, Duration::plus);
    return one.multipliedBy(1L + settings.services().size()).plus(programs);
  }
}

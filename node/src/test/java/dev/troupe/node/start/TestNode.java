package dev.troupe.node.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.node.call.OutboundCall;
import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.assertj.core.api.ThrowingConsumer;

/** A real node, with real remoting, in this JVM. */
final class TestNode implements AutoCloseable {
  /** Long, so that a busy machine fails no test. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What no test may do is end the JVM it runs in. */
  private static final String HARMLESS =
      """
      troupe.health.check-interval = 100ms
      troupe.logs.level = WARN
      pekko.coordinated-shutdown.exit-jvm = off
      pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
      pekko.jvm-exit-on-fatal-error = off
      pekko.cluster.gossip-interval = 100 ms
      pekko.cluster.distributed-data.gossip-interval = 200 ms
      """;

  /** It dies like a process that is killed, without a word. */
  static final String MORTAL =
      """
      pekko.coordinated-shutdown.terminate-actor-system = off
      pekko.coordinated-shutdown.run-by-actor-system-terminate = off
      pekko.cluster.run-coordinated-shutdown-when-down = off
      """;

  private final ActorSystem<?> system;
  private final FakeRole role;

  private TestNode(ActorSystem<?> system, FakeRole role) {
    this.system = system;
    this.role = role;
  }

  /** The first node of a new cluster, with the place of a seed. */
  static TestNode first(Path home, String settings) {
    TestNode node = start(home, "seed-1", 1, List.of(), new FakeRole().drains(), settings);
    NodeMain.formCluster(node.system);
    return node;
  }

  /** A node that joins the cluster of this one. */
  TestNode join(Path home, String slot, FakeRole joining, String settings) {
    return start(home, slot, 1, List.of(address()), joining, settings);
  }

  static TestNode start(
      Path home, String slot, int generation, List<String> join, FakeRole role, String settings) {
    return new TestNode(
        NodeMain.start(
            settings(home.resolve(slot), settings),
            new NodeIdentity(slot.substring(0, slot.lastIndexOf('-')), slot, generation),
            0,
            join,
            role),
        role);
  }

  static Settings settings(Path home, String more) {
    try {
      Files.createDirectories(home);
      Files.writeString(home.resolve(SettingsLoader.FILE), HARMLESS + more);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return SettingsLoader.load(home, Map.of());
  }

  ActorSystem<?> system() {
    return system;
  }

  String address() {
    return Cluster.get(system).selfMember().address().toString();
  }

  RegistryView view() {
    return role.context().view().get();
  }

  Optional<InstanceView> instance(String slot) {
    return view().instances().stream().filter(instance -> instance.slot().equals(slot)).findFirst();
  }

  Optional<MemberView> member(String address) {
    return view().members().stream().filter(member -> member.address().equals(address)).findFirst();
  }

  TestNode awaitReady(String... slots) {
    for (String slot : slots) {
      await()
          .atMost(PATIENCE)
          .until(() -> instance(slot).filter(InstanceView::isReady).isPresent());
    }
    return this;
  }

  /** Waits until the view is as wanted. */
  void awaitView(ThrowingConsumer<RegistryView> wanted) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(view()).satisfies(wanted));
  }

  ServiceReply call(String service, String action, String json) {
    CompletableFuture<ServiceReply> reply =
        role.context()
            .calls()
            .call(
                new OutboundCall(
                    "r1",
                    service,
                    action,
                    true,
                    Map.of(),
                    QueryParameters.NONE,
                    JsonBytes.of(json),
                    Deadline.after(PATIENCE),
                    null,
                    null,
                    null))
            .toCompletableFuture();
    return reply.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Begins to end it: in order, or without a word if it is {@link #MORTAL}. */
  void end() {
    system.terminate();
  }

  /** Ends without a word; it must be {@link #MORTAL}. */
  void dies() {
    end();
    awaitEnd();
  }

  void awaitEnd() {
    system
        .getWhenTerminated()
        .toCompletableFuture()
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  @Override
  public void close() {
    role.drains();
    end();
    awaitEnd();
  }
}

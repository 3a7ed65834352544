package dev.troupe.node.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.RegistryKeys;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.registry.Registration;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.Deploy;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.remote.RemoteScope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another program on this machine that speaks Artery can do to a node. */
final class NeighbourTest {
  private static final AtomicInteger DEPLOYED = new AtomicInteger();

  @TempDir private static Path home;
  private static TestNode seed;
  private static TestNode echo;
  private static ActorSystem<Props> stranger;

  @BeforeAll
  static void start() {
    seed = TestNode.first(home, "");
    echo = seed.join(home, "Echo-1", new FakeRole().drains(), "");
    stranger =
        ActorSystem.create(
            Behaviors.<Props>receive(
                (context, props) -> {
                  Adapter.actorOf(context, props);
                  return Behaviors.same();
                }),
            NodeMain.SYSTEM,
            ConfigFactory.parseString(
                    """
                    pekko.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
                    pekko.cluster.roles = [Stranger]
                    pekko.coordinated-shutdown.exit-jvm = off
                    pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
                    """)
                .withFallback(ConfigFactory.parseResources("troupe-node.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve());
    seed.awaitReady("Echo-1", "seed-1");
    NodeMain.join(stranger, List.of(seed.address()));
    seed.awaitView(view -> assertThat(seed.member(address())).isPresent());
  }

  @AfterAll
  static void end() {
    stranger.terminate();
    stranger.getWhenTerminated().toCompletableFuture().join();
    echo.close();
    seed.close();
  }

  @Test
  void heEndsNoActor() {
    for (String path : List.of("/user", "/user/router", "/user/registry", "/user/death-notices")) {
      Adapter.toClassic(stranger)
          .actorSelection(echo.address() + path)
          .tell(PoisonPill.getInstance(), null);
      extended()
          .provider()
          .resolveActorRef(echo.address() + path)
          .tell(PoisonPill.getInstance(), null);
      extended().stop(extended().provider().resolveActorRef(echo.address() + path));
      extended().provider().resolveActorRef(echo.address() + path).tell("no such command", null);
    }

    // What he sends after it has arrived, so all of it has.
    tellStrangeHeartbeat("Echo-7");
    assertThat(echo.call("Echo", "echo", "{}").status()).isEqualTo(ReplyStatus.OK);
    assertThat(seed.call("Echo", "echo", "{}").status()).isEqualTo(ReplyStatus.OK);
  }

  /** An actor that a stranger would like to run elsewhere. */
  static final class Deployed extends AbstractActor {
    Deployed() {
      if (!getContext().getSystem().equals(extended())) {
        DEPLOYED.incrementAndGet();
      }
    }

    @Override
    public Receive createReceive() {
      return emptyBehavior();
    }
  }

  @Test
  void heDeploysNothing() {
    Address target = AddressFromURIString.parse(echo.address());
    stranger.tell(Props.create(Deployed.class).withDeploy(new Deploy(new RemoteScope(target))));

    tellStrangeHeartbeat("Echo-8");
    assertThat(DEPLOYED).hasValue(0);
  }

  @Test
  void heIsNoInstanceOfAServiceWhoseRoleHeHasNot() {
    update(
        RegistryKeys.REGISTRATIONS,
        "Echo-2",
        new Registration(
            "Echo",
            "Echo-2",
            1,
            address(),
            1,
            Instant.EPOCH,
            null,
            Instant.EPOCH,
            "1",
            null,
            null));

    tellStrangeHeartbeat("Echo-9");

    assertThat(seed.instance("Echo-2")).isEmpty();
    assertThat(seed.view().instances()).extracting(InstanceView::slot).contains("Echo-1");
  }

  // Of the wrong type; that the registry goes on shows that it outlives it.
  private static void tellStrangeHeartbeat(String slot) {
    update(RegistryKeys.HEARTBEATS, slot, "a String");
    long before = sequence(seed.view());
    await()
        .atMost(TestNode.PATIENCE)
        .until(() -> sequence(seed.view()) > before + 1 && sequence(echo.view()) > before + 1);
  }

  private static long sequence(RegistryView view) {
    return view.instancesOf("Echo").findFirst().orElseThrow().heartbeat().sequence();
  }

  @SuppressWarnings("unchecked") // that is what makes him a stranger
  private static void update(Key<?> key, String entry, Object value) {
    DistributedData data = DistributedData.get(stranger);
    data.replicator()
        .tell(
            new Replicator.Update<LWWMap<String, Object>>(
                (Key<LWWMap<String, Object>>) key,
                LWWMap.create(),
                new Replicator.WriteAll(TestNode.PATIENCE),
                stranger.ignoreRef(),
                map -> map.put(data.selfUniqueAddress(), entry, value)));
  }

  private static String address() {
    return Cluster.get(stranger).selfMember().address().toString();
  }

  private static ExtendedActorSystem extended() {
    return (ExtendedActorSystem) Adapter.toClassic(stranger);
  }
}

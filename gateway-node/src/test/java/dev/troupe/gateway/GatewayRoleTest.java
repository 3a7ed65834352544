package dev.troupe.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.node.metrics.NodeMetrics;
import dev.troupe.node.registry.RegistryActor;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.start.NodeContext;
import dev.troupe.node.start.NodeIdentity;
import dev.troupe.node.start.StartedRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayRoleTest {
  @TempDir Path home;
  private volatile RegistryView view = new Views().build();
  private final ActorTestKit kit = ActorTestKit.create();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void aGatewayIsReadyOnceItAnswersAndGoneOnceDrained() throws Exception {
    StartedRole startedRole = new GatewayRole().start(node());

    assertThat(startedRole.url()).startsWith("http://127.0.0.1:");
    assertThat(startedRole.descriptor()).isNull();
    assertThatCode(() -> startedRole.check().run()).doesNotThrowAnyException();

    startedRole.drain().get().toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThatThrownBy(
            () ->
                new SelfProbe(new RegistryWarmup(() -> view), String.valueOf(startedRole.url()))
                    .run())
        .isInstanceOf(IOException.class);
  }

  @Test
  void aGatewayThatHasAnsweredIsNotAskedAgain() throws Exception {
    StartedRole startedRole = new GatewayRole().start(node());
    startedRole.check().run();
    startedRole.drain().get().toCompletableFuture().get(10, TimeUnit.SECONDS);

    assertThatCode(() -> startedRole.check().run()).doesNotThrowAnyException();
  }

  @Test
  void aGatewayThatHasNotReadTheRegistryIsNotReady() throws Exception {
    view = RegistryView.EMPTY;
    StartedRole startedRole = new GatewayRole().start(node());
    assertThatThrownBy(() -> startedRole.check().run())
        .hasMessageContaining("has not read the registry");

    view = new Views().build();
    assertThatCode(() -> startedRole.check().run()).doesNotThrowAnyException();
  }

  private NodeContext node() throws IOException {
    return new NodeContext(
        new NodeIdentity("gateway", "gateway-1", 1),
        GatewayFixture.settings(home),
        kit.system(),
        kit.createTestProbe(RegistryActor.Command.class).ref(),
        () -> view,
        new FakeCalls(),
        NodeMetrics.of(true),
        Runnable::run);
  }
}

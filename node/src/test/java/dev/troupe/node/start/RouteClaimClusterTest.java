package dev.troupe.node.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.registry.ServiceView;
import dev.troupe.protocol.service.ActionDescriptor;
import dev.troupe.protocol.service.HttpMethod;
import dev.troupe.protocol.service.PathTemplate;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that want one path, each in a node of its own. */
final class RouteClaimClusterTest {
  @TempDir private Path home;
  private TestNode seed;

  @BeforeEach
  void start() {
    seed = TestNode.first(home, "");
  }

  @AfterEach
  void end() {
    seed.close();
  }

  private static FakeRole things(String variable) {
    return new FakeRole()
        .drains()
        .withAction(
            new ActionDescriptor(
                "get", HttpMethod.GET, PathTemplate.of("/things/{" + variable + "}"), true));
  }

  @Test
  void theLaterOneEndsAndTheFirstHasInstancesAsBefore() {
    TestNode first = seed.join(home, "Zeta-1", things("id"), "");
    try {
      seed.awaitReady("Zeta-1");

      seed.join(home, "Alpha-1", things("thing"), "").awaitEnd();
      TestNode second = seed.join(home, "Zeta-2", things("id"), "");
      try {
        seed.awaitReady("Zeta-1", "Zeta-2");
      } finally {
        second.close();
      }

      assertThat(seed.view().services()).containsKey("Zeta").doesNotContainKey("Alpha");
    } finally {
      first.close();
    }
  }

  @Test
  void aServiceWithoutAnyInstanceKeepsItsPaths() {
    seed.join(home, "Zeta-1", things("id"), "").awaitReady("Zeta-1").close();

    seed.join(home, "Alpha-1", things("thing"), "").awaitEnd();

    assertThat(seed.view().services()).doesNotContainKey("Alpha");
  }

  @Test
  void ofTwoThatStartAtOneTimeExactlyOneStays() {
    TestNode alpha = seed.join(home, "Alpha-1", things("id"), "");
    TestNode beta = seed.join(home, "Beta-1", things("thing"), "");
    try {
      CompletableFuture.anyOf(
              alpha.system().getWhenTerminated().toCompletableFuture(),
              beta.system().getWhenTerminated().toCompletableFuture())
          .orTimeout(TestNode.PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .join();
      boolean isAlphaLeft = !alpha.system().getWhenTerminated().toCompletableFuture().isDone();
      String left = isAlphaLeft ? "Alpha" : "Beta";

      seed.awaitReady(left + "-1");
      seed.awaitView(
          view ->
              assertThat(view.services().values())
                  .extracting(ServiceView::descriptor)
                  .filteredOn(descriptor -> !descriptor.actions().isEmpty())
                  .extracting(descriptor -> descriptor.service())
                  .containsExactly(left));
    } finally {
      alpha.close();
      beta.close();
    }
  }
}

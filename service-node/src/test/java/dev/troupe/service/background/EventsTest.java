package dev.troupe.service.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceDefinition;
import dev.troupe.protocol.service.Storage;
import dev.troupe.service.FakeServiceContext;
import dev.troupe.service.engine.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
final class EventsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What the publisher publishes. */
  record Moved(String piece, int step) {}

  @Parameter Engine engine;
  @TempDir Path directory;
  private final ActorTestKit kit = ActorTestKit.create();
  private final List<FakeServiceContext> running = new ArrayList<>();
  private final List<Moved> handled = new CopyOnWriteArrayList<>();
  private final Set<String> failing = ConcurrentHashMap.newKeySet();
  private final Set<String> failingAfterTheirWrite = ConcurrentHashMap.newKeySet();

  private Board board;

  @BeforeEach
  void start() throws Exception {
    board = new Board(kit, engine, directory);
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
    running.forEach(FakeServiceContext::close);
    board.close();
  }

  @Test
  void eachEventIsHandledAndThoseOfAKeyInTheirOrder() throws Exception {
    watcher("Watcher-1");
    for (int step = 1; step <= 40; step++) {
      board.move("king", step);
      board.move("queen", step);
    }
    awaitHandled(80);
    assertThat(handled).doesNotHaveDuplicates();
    for (String piece : List.of("king", "queen")) {
      assertThat(handled.stream().filter(moved -> moved.piece().equals(piece)).map(Moved::step))
          .isSorted();
    }
  }

  @Test
  void anEventThatFailsHoldsUpItsKeyAloneAndIsTriedAgain() throws Exception {
    failing.add("king");
    watcher("Watcher-1");
    board.move("king", 1);
    board.move("king", 2);
    board.move("queen", 1);
    awaitHandled(1);
    assertThat(handled).containsExactly(new Moved("queen", 1));

    failing.clear();
    awaitHandled(3);
    assertThat(handled).endsWith(new Moved("king", 1), new Moved("king", 2));
  }

  @Test
  void theWriteOfAHandlerIsDoneOnceThoughItFailsAfterwards() throws Exception {
    failingAfterTheirWrite.add("king");
    watcher("Watcher-1");
    board.move("king", 1);
    board.move("king", 2);
    awaitHandled(2);
    board.move("queen", 1);
    awaitHandled(3);
    assertThat(handled).doesNotHaveDuplicates();
  }

  @Test
  void whatWasPublishedWhileNobodyHandledItArrivesLater() throws Exception {
    failing.add("king");
    FakeServiceContext watcher = watcher("Watcher-1");
    board.move("king", 1);
    await().atMost(PATIENCE).until(() -> watcher.calls("Board").size() > 2);
    kill(watcher);
    board.move("king", 2);
    failing.clear();
    watcher("Watcher-1");
    awaitHandled(2);
    assertThat(handled).containsExactly(new Moved("king", 1), new Moved("king", 2));
  }

  @Test
  void oneInstanceHandlesEventsAndAnotherTakesOver() throws Exception {
    FakeServiceContext first = watcher("Watcher-1");
    await().atMost(PATIENCE).until(() -> !first.calls("Board").isEmpty());
    FakeServiceContext second = watcher("Watcher-2");
    board.move("king", 1);
    awaitHandled(1);
    assertThat(second.calls("Board")).isEmpty();

    kill(first);
    board.move("king", 2);
    awaitHandled(2);
    assertThat(second.calls("Board")).isNotEmpty();
  }

  @Test
  void aRefusedWritePublishesNothing() throws Exception {
    watcher("Watcher-1");
    assertThat(board.move("king", -1).status()).isEqualTo(ReplyStatus.CONFLICT);
    board.move("king", 1);
    awaitHandled(1);
    assertThat(handled).containsExactly(new Moved("king", 1));
  }

  @Test
  void anEventThatIsNotDefinedOrTooLargeIsRefused() {
    assertThat(board.move("k".repeat(70_000), 1).status()).isEqualTo(ReplyStatus.FAILED);
    assertThatThrownBy(board::publishUndefined)
        .hasRootCauseMessage(
            "dev.troupe.service.background.Board$Undefined is published, and its definition does"
                + " not say so (expected: .publishes(Undefined.class, …))");
  }

  @Test
  void eventsNeedAStore() {
    Service noStore =
        context ->
            ServiceDefinition.named("Watcher")
                .onEvent("Board", Moved.class, (moved, call) -> Outcome.done())
                .build();
    FakeServiceContext context = context("Watcher-1");
    assertThatThrownBy(() -> context.start(kit, noStore))
        .hasMessage(
            "Watcher has events or jobs, and no store to keep them in (expected:"
                + " context.storage(…))");
  }

  private void awaitHandled(int count) {
    await().atMost(PATIENCE).until(() -> handled.size() >= count);
    assertThat(handled).hasSize(count);
  }

  private FakeServiceContext context(String slot) {
    FakeServiceContext context = new FakeServiceContext(slot, kit.system(), engine, directory);
    running.add(context);
    return context;
  }

  // Its store is closed, so that it can do no more.
  private void kill(FakeServiceContext context) {
    running.remove(context);
    context.close();
  }

  private FakeServiceContext watcher(String slot) throws Exception {
    FakeServiceContext context = new FakeServiceContext(slot, kit.system(), engine, directory);
    context.answerEventsOf("Board", board.service());
    context.start(
        kit,
        service -> {
          Storage storage = service.storage("db/order");
          return ServiceDefinition.named("Watcher")
              .onEvent(
                  "Board",
                  Moved.class,
                  (moved, call) -> {
                    if (failing.contains(moved.piece())) {
                      throw new IllegalStateException("no " + moved.piece());
                    }
                    return storage
                        .write(call, sql -> Outcome.done())
                        .flatMap(
                            done -> {
                              handled.add(moved);
                              return failingAfterTheirWrite.contains(moved.piece())
                                  ? Outcome.refused(ReplyStatus.CONFLICT, "after its write")
                                  : Outcome.done();
                            });
                  })
              .build();
        });
    return context;
  }
}

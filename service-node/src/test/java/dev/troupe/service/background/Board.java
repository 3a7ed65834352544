package dev.troupe.service.background;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.service.NoContent;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.ServiceDefinition;
import dev.troupe.protocol.service.Storage;
import dev.troupe.service.FakeServiceContext;
import dev.troupe.service.ServiceClient;
import dev.troupe.service.ServiceClient.Answer;
import dev.troupe.service.background.EventsTest.Moved;
import dev.troupe.service.engine.Engine;
import java.nio.file.Path;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;

/** A service that publishes events. */
final class Board implements AutoCloseable {
  record Undefined(int x) {}

  private final FakeServiceContext context;
  private final ServiceClient moves;
  private final ActorRef<ServiceRequest> service;
  private Storage storage;

  Board(ActorTestKit kit, Engine engine, Path directory) throws Exception {
    context = new FakeServiceContext("Board-1", kit.system(), engine, directory.resolve("board"));
    service =
        context.start(
            kit,
            defining -> {
              storage = defining.storage("db/order");
              return ServiceDefinition.named("Board")
                  .publishes(Moved.class, Moved::piece)
                  .post(
                      "move",
                      "/moves",
                      Moved.class,
                      NoContent.class,
                      (moved, call) ->
                          storage.write(
                              call,
                              sql -> {
                                context.publish(sql, moved);
                                return moved.step() > 0
                                    ? Outcome.done()
                                    : Outcome.refused(ReplyStatus.CONFLICT, "no step");
                              }))
                  .build();
            });
    moves = new ServiceClient(kit, service);
  }

  Answer move(String piece, int step) {
    return moves.post("move", "{\"piece\":\"%s\",\"step\":%d}".formatted(piece, step));
  }

  void publishUndefined() {
    storage
        .write(
            sql -> {
              context.publish(sql, new Undefined(1));
              return true;
            })
        .toCompletableFuture()
        .join();
  }

  /** For subscribers. */
  ActorRef<ServiceRequest> service() {
    return service;
  }

  @Override
  public void close() {
    context.close();
  }
}

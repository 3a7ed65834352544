package dev.troupe.protocol.service;

import static dev.troupe.protocol.service.ActionHandler.blocking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.JsonBytes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of handler, written as a lambda and as a method reference. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HandlersTest {
  private static final String ADA = "{\"name\":\"Ada\"}";

  private @Nullable ActorTestKit testKit;

  record Name(String name) {
    Hello hello() {
      return HandlersTest.hello(this);
    }
  }

  record Hello(String hello) {}

  @BeforeAll
  void start() {
    testKit = ActorTestKit.create();
  }

  @AfterAll
  void stop() {
    testKit.shutdownTestKit();
  }

  private static Hello hello(Name input) {
    return new Hello("Hello, " + input.name());
  }

  private static Outcome<Hello> now(Name input, CallContext call) {
    return Outcome.done(hello(input));
  }

  private OutcomeStage<Hello> later(Name input, CallContext call) {
    return OutcomeStage.ofValue(CompletableFuture.supplyAsync(() -> hello(input)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "value",
        "static_value",
        "own_value",
        "now",
        "static_now",
        "later",
        "own_later",
        "either",
        "blocking",
        "static_blocking",
        "inner"
      })
  void aHandlerIsALambdaOrAMethodOfOneParameterOrTwo(String action) {
    ServiceDefinition definition =
        ServiceDefinition.named("S")
            .get("value", "/1", Name.class, Hello.class, name -> new Hello("Hello, " + name.name()))
            .get("static_value", "/2", Name.class, Hello.class, HandlersTest::hello)
            .get("own_value", "/3", Name.class, Hello.class, Name::hello)
            .post("now", "/4", Name.class, Hello.class, (name, call) -> Outcome.done(hello(name)))
            .put("static_now", "/5", Name.class, Hello.class, HandlersTest::now)
            .patch("later", "/6", Name.class, Hello.class, (name, call) -> later(name, call))
            .delete("own_later", "/7", Name.class, Hello.class, this::later)
            .get(
                "either",
                "/8",
                Name.class,
                Hello.class,
                (name, call) -> name.name().isEmpty() ? now(name, call) : later(name, call))
            .get(
                "blocking",
                "/9",
                Name.class,
                Hello.class,
                blocking((name, call) -> Outcome.done(hello(name))))
            .get("static_blocking", "/10", Name.class, Hello.class, blocking(HandlersTest::now))
            .internal(Action.get("inner", "/11", Name.class, Hello.class), name -> hello(name))
            .build();

    ServiceReply reply = new Harness(testKit, definition).call(action, ADA);

    assertThat(reply.message()).isNull();
    assertThat(reply.data().toString()).contains("Hello, Ada");
  }

  @Test
  void stepsFollowEachOther() {
    ServiceDefinition definition =
        ServiceDefinition.named("S")
            .get(
                "a",
                "/a",
                Name.class,
                Hello.class,
                (name, call) ->
                    later(name, call)
                        .map(found -> found.hello().length())
                        .<Hello>flatMap(
                            length -> Outcome.refused(ReplyStatus.CONFLICT, "length " + length))
                        .onRefused(
                            refused ->
                                Outcome.refused(refused.status(), refused.message() + " again")))
            .build();

    ServiceReply reply = new Harness(testKit, definition).call("a", ADA);

    assertThat(reply.status()).isEqualTo(ReplyStatus.CONFLICT);
    assertThat(reply.message()).isEqualTo("length 10 again");
  }

  private static ServiceDefinition sleeper(CompletableFuture<Name> handled) {
    return ServiceDefinition.named("S")
        .get(
            "sleep",
            "/sleep",
            Name.class,
            Hello.class,
            blocking(
                (name, call) -> {
                  handled.complete(name);
                  return Outcome.done(hello(name));
                }))
        .build();
  }

  @Test
  void aBlockingHandlerThatNoThreadTakesIsUnavailable() {
    Harness service =
        new Harness(
            testKit,
            sleeper(new CompletableFuture<>()),
            job -> {
              throw new RejectedExecutionException("all are busy");
            });

    ServiceReply reply = service.call("sleep", ADA);

    assertThat(reply.status()).isEqualTo(ReplyStatus.UNAVAILABLE);
    assertThat(reply.message()).isEqualTo("all are busy");
  }

  @Test
  void aBlockingHandlerDoesNotBeginAfterTheDeadline() {
    CompletableFuture<Name> handled = new CompletableFuture<>();
    BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(1);
    Deadline deadline = Deadline.after(Duration.ofMillis(500));
    Harness service = new Harness(testKit, sleeper(handled), waiting::add);
    CompletableFuture<Void> late =
        CompletableFuture.runAsync(
            () -> {
              Runnable job = take(waiting);
              while (!deadline.hasPassed()) {
                Thread.onSpinWait();
              }
              job.run();
            });

    ServiceReply reply = service.call("sleep", Map.of(), Map.of(), JsonBytes.of(ADA), deadline);

    assertThat(reply.status()).isEqualTo(ReplyStatus.DEADLINE);
    assertThat(reply.message()).isEqualTo("the deadline passed before the work was begun");
    assertThat(handled).isNotDone();
    assertThat(late).succeedsWithin(Duration.ofSeconds(10));
  }

  private static Runnable take(BlockingQueue<Runnable> waiting) {
    try {
      return waiting.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.troupe.protocol.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.call.Answer;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.JsonBytes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ActionsTest {
  private static final String FAILED =
      "TestService failed in greet; its log has the cause under request id request-7";

  private final Action<Greet, Greeted> greet =
      Action.post("greet", "/greetings", Greet.class, Greeted.class);

  private @Nullable ActorTestKit testKit;

  record Greet(String name) {}

  record Greeted(String message, Greeting greeting) {}

  record Greeting(long id, String text, @Nullable String note) {}

  record Nothing() {}

  record Unwritable(Object value) {}

  record Endless(int depth) {
    @Override
    public int depth() {
      throw new StackOverflowError();
    }
  }

  @BeforeAll
  void start() {
    testKit = ActorTestKit.create();
  }

  @AfterAll
  void stop() {
    testKit.shutdownTestKit();
  }

  private Harness greeter(ActionHandler<Greet, Greeted> handler) {
    return new Harness(testKit, greet, handler);
  }

  private static Outcome<Greeted> greeted(Greet input, CallContext call) {
    return Outcome.done(new Greeted("Greeted", new Greeting(1, "Hello " + input.name(), null)));
  }

  @Test
  void aSuccessIsTheWholeBodyForTheClient() {
    ServiceReply reply = greeter(ActionsTest::greeted).call("greet", "{\"name\":\"Ada\"}");

    assertThat(reply)
        .isEqualTo(
            new ServiceReply(
                7,
                "request-7",
                ReplyStatus.CREATED,
                JsonBytes.of(
                    "{\"status\":\"success\",\"message\":\"Greeted\","
                        + "\"greeting\":{\"id\":1,\"text\":\"Hello Ada\"},"
                        + "\"request_id\":\"request-7\"}"),
                null));
  }

  @Test
  void anOutputMayBeEmpty() {
    Action<Nothing, Nothing> ping = Action.get("ping", "/ping", Nothing.class, Nothing.class);
    Harness service = new Harness(testKit, ping, (input, call) -> Outcome.done(new Nothing()));

    assertThat(service.call("ping", "").data())
        .isEqualTo(JsonBytes.of("{\"status\":\"success\",\"request_id\":\"request-7\"}"));
  }

  @Test
  void aRefusalIsItsStatusAndMessage() {
    Harness service =
        greeter((input, call) -> Outcome.refused(ReplyStatus.CONFLICT, input.name() + " was here"));

    ServiceReply reply = service.call("greet", "{\"name\":\"Ada\"}");

    assertThat(reply.status()).isEqualTo(ReplyStatus.CONFLICT);
    assertThat(reply.message()).isEqualTo("Ada was here");
    assertThat(reply.data().isEmpty()).isTrue();
  }

  @Test
  void aHandlerKnowsWhatMayComeAgain() {
    CompletableFuture<CallContext> seen = new CompletableFuture<>();
    Harness service =
        greeter(
            (input, call) -> {
              seen.complete(call);
              return greeted(input, call);
            });

    service.callUnderKey("k1", "greet", "{\"name\":\"Ada\"}");

    IdempotentWrite write = Objects.requireNonNull(seen.join().keyedWrite());
    assertThat(write.key()).isEqualTo("k1");
    assertThat(write.fingerprint()).hasSize(64);
    assertThat(write.answer(new Greeted("m", new Greeting(1, "t", null))).status())
        .isEqualTo(ReplyStatus.CREATED);
    assertThatThrownBy(() -> write.answer(new Greeting(1, "t", null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "greet: an outcome of %s (expected: %s, the outcome of the whole call)",
            Greeting.class.getName(), Greeted.class.getName());
  }

  @Test
  void aReadUnderAKeyIsARead() {
    Action<Nothing, Nothing> ping = Action.get("ping", "/ping", Nothing.class, Nothing.class);
    CompletableFuture<CallContext> seen = new CompletableFuture<>();
    Harness service =
        new Harness(
            testKit,
            ping,
            (input, call) -> {
              seen.complete(call);
              return Outcome.done(new Nothing());
            });

    service.callUnderKey("k1", "ping", "");

    assertThat(seen.join().keyedWrite()).isNull();
  }

  @Test
  void aRepeatedWriteGetsTheStoredAnswerUnderTheNewRequestId() {
    Answer before =
        Answer.of(
            ReplyStatus.ACCEPTED,
            new Greeting(5, "Hello", null),
            Map.of("Location", "/greetings/5"));
    Harness service = greeter((input, call) -> new Outcome.Repeated<>(before));

    ServiceReply reply = service.callUnderKey("k1", "greet", "{\"name\":\"Ada\"}");

    assertThat(reply.status()).isEqualTo(ReplyStatus.ACCEPTED);
    assertThat(reply.headers()).isEqualTo(Map.of("Location", "/greetings/5"));
    assertThat(reply.data())
        .isEqualTo(
            JsonBytes.of(
                "{\"status\":\"success\",\"id\":5,\"text\":\"Hello\","
                    + "\"request_id\":\"request-7\"}"));
  }

  @Test
  void aHandlerKnowsWhoAsksAndUntilWhen() {
    CompletableFuture<CallContext> seen = new CompletableFuture<>();
    Harness service =
        greeter(
            (input, call) -> {
              seen.complete(call);
              return greeted(input, call);
            });
    Deadline deadline = Deadline.after(Duration.ofMinutes(1));

    service.call("greet", Map.of(), Map.of(), JsonBytes.of("{\"name\":\"Ada\"}"), deadline);

    assertThat(seen.join().requestId()).isEqualTo("request-7");
    assertThat(seen.join().deadline()).isEqualTo(deadline);
  }

  @Test
  void anUnknownActionIsNotFound() {
    ServiceReply reply = greeter(ActionsTest::greeted).call("dance", "{}");

    assertThat(reply.status()).isEqualTo(ReplyStatus.NOT_FOUND);
    assertThat(reply.message()).isEqualTo("TestService has no action dance");
  }

  @Test
  void nobodyWorksForACallerThatHasGone() {
    CompletableFuture<Greet> handled = new CompletableFuture<>();
    Harness service =
        greeter(
            (input, call) -> {
              handled.complete(input);
              return greeted(input, call);
            });

    ServiceReply reply =
        service.call(
            "greet",
            Map.of(),
            Map.of(),
            JsonBytes.of("{\"name\":\"Ada\"}"),
            Deadline.after(Duration.ofMillis(-1)));

    assertThat(reply.status()).isEqualTo(ReplyStatus.DEADLINE);
    assertThat(reply.message()).isEqualTo("the deadline passed before the work was begun");
    assertThat(handled).isNotDone();
  }

  @Test
  void aDefectIsAnsweredAndTheNextCallIsServed() {
    for (ActionHandler<Greet, Greeted> defect : defects()) {
      Action<Greet, Greeted> other = Action.post("other", "/others", Greet.class, Greeted.class);
      Harness service =
          new Harness(
              testKit,
              ServiceDefinition.named("TestService")
                  .on(greet, defect)
                  .on(other, ActionsTest::greeted)
                  .build());

      ServiceReply reply = service.call("greet", "{\"name\":\"Eve\"}");

      assertThat(reply.status()).isEqualTo(ReplyStatus.FAILED);
      assertThat(reply.message()).isEqualTo(FAILED);
      assertThat(service.call("other", "{\"name\":\"Ada\"}").status())
          .isEqualTo(ReplyStatus.CREATED);
    }
  }

  private static List<ActionHandler<Greet, Greeted>> defects() {
    IllegalStateException secret = new IllegalStateException("password is 1234");
    return List.of(
        (input, call) -> {
          throw secret;
        },
        (input, call) -> {
          throw new NoClassDefFoundError("com/example/Missing");
        },
        (input, call) -> {
          throw new StackOverflowError();
        },
        (input, call) -> {
          throw new IOException(secret);
        },
        (input, call) -> failed(secret),
        (input, call) -> failed(new AssertionError(secret)),
        (input, call) -> failed(secret).map(value -> value),
        (input, call) -> OutcomeStage.of(CompletableFuture.completedStage(null)),
        (input, call) -> Outcome.done(null),
        (input, call) -> OutcomeStage.ofValue(CompletableFuture.completedStage(null)),
        ActionHandler.blocking(
            (input, call) -> {
              throw new IOException(secret);
            }),
        ActionHandler.blocking(
            (input, call) -> {
              throw new AssertionError(secret);
            }),
        ActionHandler.blocking((input, call) -> null),
        (input, call) -> null);
  }

  private static OutcomeStage<Greeted> failed(Throwable failure) {
    return OutcomeStage.ofValue(CompletableFuture.failedStage(failure));
  }

  @Test
  void anOutputThatCannotBeWrittenIsAnsweredToo() {
    Action<Greet, Unwritable> action =
        Action.post("greet", "/greetings", Greet.class, Unwritable.class);
    Harness service =
        new Harness(testKit, action, (input, call) -> Outcome.done(new Unwritable(new Object())));

    assertThat(service.call("greet", "{\"name\":\"Ada\"}").message()).isEqualTo(FAILED);
  }

  @Test
  void anOutputThatOverflowsTheStackIsAnsweredToo() {
    Action<Greet, Endless> action = Action.post("greet", "/greetings", Greet.class, Endless.class);
    Harness service = new Harness(testKit, action, (input, call) -> Outcome.done(new Endless(1)));

    assertThat(service.call("greet", "{\"name\":\"Ada\"}").message()).isEqualTo(FAILED);
  }

  @Test
  void aJobThatNoThreadWillTakeIsUnavailable() {
    Harness service =
        greeter(
            (input, call) -> {
              throw new RejectedExecutionException("all are busy");
            });

    ServiceReply reply = service.call("greet", "{\"name\":\"Ada\"}");

    assertThat(reply.status()).isEqualTo(ReplyStatus.UNAVAILABLE);
    assertThat(reply.message()).isEqualTo("all are busy");
  }

  @Test
  void aStoreThatTakesNothingSaysWhenToTryAgain() {
    Harness service =
        greeter(
            (input, call) ->
                failed(
                    new StorageUnavailableException("too many keys", Duration.ofMillis(61_001))));

    ServiceReply reply = service.call("greet", "{\"name\":\"Ada\"}");

    assertThat(reply.status()).isEqualTo(ReplyStatus.UNAVAILABLE);
    assertThat(reply.message()).isEqualTo("too many keys");
    assertThat(reply.headers()).isEqualTo(Map.of("Retry-After", "62"));
  }

  @Test
  void invalidInputMayBeFoundWhileHandling() {
    InvalidInputException invalid = InvalidInputException.refused("name is taken");
    List<ActionHandler<Greet, Greeted>> handlers =
        List.of(
            (input, call) -> {
              throw invalid;
            },
            (input, call) -> failed(invalid),
            (input, call) -> failed(invalid).map(value -> value));
    for (ActionHandler<Greet, Greeted> handler : handlers) {
      ServiceReply reply = greeter(handler).call("greet", "{\"name\":\"Ada\"}");

      assertThat(reply.status()).isEqualTo(ReplyStatus.REFUSED);
      assertThat(reply.message()).isEqualTo("name is taken");
    }
  }
}

package dev.troupe.service.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.call.BodySource;
import dev.troupe.node.health.CallCounters;
import dev.troupe.node.metrics.CallTimers;
import dev.troupe.node.metrics.NodeMetrics;
import dev.troupe.protocol.call.Answer;
import dev.troupe.protocol.call.BodyPart;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.LargeReply;
import dev.troupe.protocol.call.LargeRequest;
import dev.troupe.protocol.call.PartRequest;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.call.UnreadableRequest;
import dev.troupe.protocol.call.VersionMismatch;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.service.InvalidInputException;
import dev.troupe.protocol.settings.StreamSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EndpointActorTest {
  private static final int MIB = 1 << 20;
  private static final Deadline LATER = Deadline.after(Duration.ofMinutes(1));

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final TestProbe<ServiceRequest> service = kit.createTestProbe();
  private final TestProbe<ServiceReply> caller = kit.createTestProbe();
  private final CallCounters counters = new CallCounters();
  private final NodeMetrics metrics = NodeMetrics.of(true);
  private final Map<String, Answer> answered = new ConcurrentHashMap<>();
  private final ActorRef<Object> endpoint =
      kit.spawn(
          EndpointActor.create(
              "UserService-1",
              new InFlightRequests.Limits(2, MIB * 4, MIB * 3),
              counters,
              CallTimers.ofServer(metrics, "UserService", List.of("create_user")),
              self ->
                  new OutgoingStreams(
                      "UserService-1",
                      new StreamSettings(
                          2,
                          Duration.ofSeconds(20),
                          Duration.ofSeconds(10),
                          1,
                          Duration.ofHours(1)),
                      Runnable::run,
                      kit.system(),
                      self),
              service.ref(),
              this::lookUp));

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void aReplyReachesItsCallerUnderTheCallersId() {
    send(70);
    send(70_000);
    ServiceRequest first = service.receiveMessage();
    ServiceRequest second = service.receiveMessage();
    assertThat(first.correlationId()).isNotEqualTo(second.correlationId());
    assertThat(first.requestId()).isEqualTo("request-70");

    answer(second, ReplyStatus.CREATED);
    ServiceReply reply = caller.receiveMessage();
    assertThat(reply.correlationId()).isEqualTo(70_000);
    assertThat(reply.requestId()).isEqualTo("request-70000");
    assertThat(reply.status()).isEqualTo(ReplyStatus.CREATED);
    assertThat(reply.data()).isEqualTo(JsonBytes.of("{}"));

    answer(first, ReplyStatus.OK);
    assertThat(caller.receiveMessage().correlationId()).isEqualTo(70);
  }

  @Test
  void requestsAndErrorsOfTheServiceAreCounted() {
    send(1);
    answer(service.receiveMessage(), ReplyStatus.NOT_FOUND);
    caller.receiveMessage();
    send(2);
    ServiceRequest failing = service.receiveMessage();
    assertThat(counters.inFlight()).isEqualTo(1);
    answer(failing, ReplyStatus.FAILED);
    caller.receiveMessage();
    assertThat(counters.inFlight()).isZero();
    assertThat(counters.requests()).isEqualTo(2);
    assertThat(counters.errors()).isEqualTo(1);
  }

  @Test
  void aServiceThatStopsTakesTheProcessAlong() {
    service.stop();

    kit.system().getWhenTerminated().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    assertThat(CoordinatedShutdown.get(kit.system()).getShutdownReason())
        .as("a reason with an exit code of its own, so that on-failure relaunches it")
        .hasValueSatisfying(
            reason -> assertThat(reason.getClass().getSimpleName()).isEqualTo("ServiceStopped"));
  }

  @Test
  void aSecondReplyToTheSameRequestIsIgnored() {
    send(1);
    ServiceRequest request = service.receiveMessage();
    answer(request, ReplyStatus.OK);
    answer(request, ReplyStatus.FAILED);
    assertThat(caller.receiveMessage().status()).isEqualTo(ReplyStatus.OK);
    caller.expectNoMessage(Duration.ofMillis(50));
    assertThat(counters.requests()).isEqualTo(1);
  }

  @Test
  void whatIsTooMuchIsNotTaken() {
    send(1);
    send(2);
    send(3);
    ServiceReply refused = caller.receiveMessage();
    assertThat(refused.correlationId()).isEqualTo(3);
    assertThat(refused.status()).isEqualTo(ReplyStatus.OVERLOADED);
    assertThat(refused.message()).contains("UserService-1", "2", "max-in-flight");

    answer(service.receiveMessage(), ReplyStatus.OK);
    caller.receiveMessage();
    service.receiveMessage();
    send(4);
    assertThat(service.receiveMessage().requestId()).isEqualTo("request-4");
  }

  @Test
  void drainingRefusesWhatIsNewAndEndsWhenAllIsAnswered() {
    send(1);
    ServiceRequest taken = service.receiveMessage();
    CompletableFuture<Void> drained = new CompletableFuture<>();
    endpoint.tell(new EndpointActor.Drain(drained));
    send(2);
    ServiceReply refused = caller.receiveMessage();
    assertThat(refused.status()).isEqualTo(ReplyStatus.NOT_TAKEN);
    assertThat(refused.message()).contains("leaving");
    assertThat(drained).isNotDone();

    answer(taken, ReplyStatus.OK);
    caller.receiveMessage();
    assertThat(drained).succeedsWithin(Duration.ofSeconds(5));
    service.expectNoMessage(Duration.ofMillis(50));
  }

  @Test
  void drainingAnIdleInstanceEndsAtOnce() {
    CompletableFuture<Void> drained = new CompletableFuture<>();
    endpoint.tell(new EndpointActor.Drain(drained));
    assertThat(drained).succeedsWithin(Duration.ofSeconds(5));
  }

  @Test
  void whatIsNotAnsweredByItsDeadlineIsForgotten() {
    send(1, Deadline.after(Duration.ofMillis(-1)));
    send(2, LATER);
    ServiceRequest late = service.receiveMessage();
    ServiceRequest timely = service.receiveMessage();
    CompletableFuture<Void> drained = new CompletableFuture<>();
    endpoint.tell(new EndpointActor.Drain(drained));
    time.timePasses(EndpointActor.SWEEP_INTERVAL);
    answer(late, ReplyStatus.OK);
    answer(timely, ReplyStatus.OK);

    assertThat(caller.receiveMessage().correlationId()).isEqualTo(2);
    caller.expectNoMessage(Duration.ofMillis(50));
    assertThat(drained).succeedsWithin(Duration.ofSeconds(5));
    assertThat(counters.inFlight()).isZero();
    assertThat(counters.requests()).isEqualTo(2);
    assertThat(counters.errors()).isEqualTo(1);
  }

  @Test
  void whatWasAnsweredBeforeIsNotGivenToTheService() {
    Map<String, String> headers = Map.of("Location", "/users/1");
    answered.put(
        "k1", new Answer(ReplyStatus.CREATED, JsonBytes.of("{\"status\":\"success\"}"), headers));
    send(1, LATER, "k1");
    ServiceReply reply = caller.receiveMessage();
    assertThat(reply.correlationId()).isEqualTo(1);
    assertThat(reply.status()).isEqualTo(ReplyStatus.CREATED);
    assertThat(reply.data())
        .isEqualTo(JsonBytes.of("{\"status\":\"success\",\"request_id\":\"request-1\"}"));
    assertThat(reply.headers()).isEqualTo(headers);
    assertThat(counters.requests()).isEqualTo(1);
    assertThat(counters.inFlight()).isZero();

    send(2, LATER, "k2");
    assertThat(service.receiveMessage().requestId()).isEqualTo("request-2");
  }

  @Test
  void aKeyThatWasUsedForAnotherRequestIsRefusedBeforeTheService() {
    send(1, LATER, "misused");
    ServiceReply reply = caller.receiveMessage();
    assertThat(reply.status()).isEqualTo(ReplyStatus.REFUSED);
    assertThat(reply.message()).isEqualTo("used before");
    send(2);
    assertThat(service.receiveMessage().requestId()).isEqualTo("request-2");
  }

  @Test
  void aStoreThatCannotSayLeavesItToTheService() {
    send(1, LATER, "unreadable");
    ServiceRequest request = service.receiveMessage();
    assertThat(request.requestId()).isEqualTo("request-1");
    assertThat(request.idempotencyKey()).isEqualTo("unreadable");
  }

  @Test
  void aLargeReplyIsGivenInParts() {
    TestProbe<Object> taker = kit.createTestProbe();
    JsonBytes body = JsonBytes.of("x".repeat(2 * MIB));
    endpoint.tell(request(1, JsonBytes.EMPTY, taker.ref().narrow()));
    ServiceRequest request = service.receiveMessage();

    request.replyTo().tell(ServiceReply.success(request, ReplyStatus.OK, body));

    LargeReply large = taker.expectMessageClass(LargeReply.class);
    assertThat(large.head().correlationId()).isEqualTo(1);
    assertThat(large.head().data().isEmpty()).isTrue();
    assertThat(large.size()).isEqualTo(body.size());
    TestProbe<BodyPart> parts = kit.createTestProbe();
    large.source().tell(new PartRequest(0, 1000, parts.ref()));
    assertThat(parts.receiveMessage().bytes().size()).isEqualTo(1000);
    CompletableFuture<Void> drained = new CompletableFuture<>();
    endpoint.tell(new EndpointActor.Drain(drained));
    assertThat(drained).as("it is still on its way").isNotDone();

    large.source().tell(PartRequest.nothingMore(parts.ref()));
    assertThat(drained).succeedsWithin(Duration.ofSeconds(20));
  }

  @Test
  void largeRepliesOnTheirWayAreBoundInAll() {
    TestProbe<Object> taker = kit.createTestProbe();
    for (int id = 1; id <= 2; id++) {
      endpoint.tell(request(id, JsonBytes.EMPTY, taker.ref().narrow()));
      ServiceRequest request = service.receiveMessage();
      JsonBytes body = JsonBytes.of("x".repeat(3 * MIB));
      request.replyTo().tell(ServiceReply.success(request, ReplyStatus.OK, body));
    }

    taker.expectMessageClass(LargeReply.class);
    ServiceReply refused = taker.expectMessageClass(ServiceReply.class);
    assertThat(refused.status()).isEqualTo(ReplyStatus.UNAVAILABLE);
    assertThat(refused.message()).contains("max-in-flight-bytes");
  }

  @Test
  void aReplyThatIsTooLargeIsAnErrorThatNamesSizeAndLimit() {
    send(1);
    ServiceRequest request = service.receiveMessage();

    request
        .replyTo()
        .tell(ServiceReply.success(request, ReplyStatus.OK, JsonBytes.of("x".repeat(3 * MIB + 1))));

    ServiceReply reply = caller.receiveMessage();
    assertThat(reply.correlationId()).isEqualTo(1);
    assertThat(reply.status()).isEqualTo(ReplyStatus.TOO_LARGE);
    assertThat(reply.message())
        .isEqualTo(
            "the reply of get_user has 3145729 bytes (expected: at most 3145728, the max-reply of"
                + " its service); ask for less at a time");
  }

  @Test
  void aLargeRequestIsFetchedBeforeTheServiceGetsIt() {
    JsonBytes body = JsonBytes.of("x".repeat(2 * MIB));
    ActorRef<PartRequest> source = kit.spawn(BodySource.create(body, LATER, () -> {}));

    endpoint.tell(new LargeRequest(request(1, JsonBytes.EMPTY, caller.ref()), body.size(), source));

    ServiceRequest taken = service.receiveMessage();
    assertThat(taken.data()).isEqualTo(body);
    answer(taken, ReplyStatus.CREATED);
    assertThat(caller.receiveMessage().correlationId()).isEqualTo(1);
  }

  @Test
  void requestsInFlightAreBoundInBytes() {
    endpoint.tell(request(1, JsonBytes.of("x".repeat(MIB)), caller.ref()));
    ServiceRequest first = service.receiveMessage();
    TestProbe<PartRequest> source = kit.createTestProbe();

    endpoint.tell(
        new LargeRequest(request(2, JsonBytes.EMPTY, caller.ref()), 3 * MIB + 1, source.ref()));

    ServiceReply refused = caller.receiveMessage();
    assertThat(refused.correlationId()).isEqualTo(2);
    assertThat(refused.status()).isEqualTo(ReplyStatus.OVERLOADED);
    assertThat(refused.message()).contains("max-in-flight-bytes");
    assertThat(source.receiveMessage().length()).isZero();
    answer(first, ReplyStatus.OK);
    caller.receiveMessage();
    endpoint.tell(
        new LargeRequest(request(3, JsonBytes.EMPTY, caller.ref()), 3 * MIB + 1, source.ref()));
    assertThat(source.receiveMessage().length()).as("the first part is asked for").isPositive();
  }

  @Test
  void aRequestOfAnotherVersionIsAnsweredAtOnce() {
    UnreadableRequest later =
        new UnreadableRequest(9, caller.ref(), new VersionMismatch("request", 4, 3));
    LoggingTestKit.error("all requests of")
        .withOccurrences(1)
        .expect(
            kit.system(),
            () -> {
              for (int i = 0; i < 3; i++) {
                endpoint.tell(later);
                assertThat(caller.receiveMessage())
                    .isEqualTo(
                        new ServiceReply(
                            9,
                            "",
                            ReplyStatus.VERSION_MISMATCH,
                            JsonBytes.EMPTY,
                            "the caller sent a request of wire version 4, and UserService-1 reads"
                                + " version 3; replace the older process, which is UserService-1:"
                                + " bin/troupe restart SLOT"));
              }
              return null;
            });
    endpoint.tell(new UnreadableRequest(9, caller.ref(), new VersionMismatch("request", 2, 3)));
    ServiceReply toEarlier = caller.receiveMessage();
    assertThat(toEarlier.status())
        .as("a status that version 2 knows")
        .isEqualTo(ReplyStatus.FAILED);
    assertThat(toEarlier.message()).contains("the older process, which is the caller");
  }

  private static ServiceRequest request(long id, JsonBytes data, ActorRef<ServiceReply> replyTo) {
    return new ServiceRequest(
        id,
        "request-" + id,
        "get_user",
        Map.of(),
        QueryParameters.NONE,
        data,
        LATER,
        null,
        null,
        null,
        replyTo);
  }

  private CompletionStage<Optional<Answer>> lookUp(ServiceRequest request) {
    String key = Objects.requireNonNull(request.idempotencyKey());
    return switch (key) {
      case "misused" -> CompletableFuture.failedStage(InvalidInputException.refused("used before"));
      case "unreadable" -> CompletableFuture.failedStage(new SQLException("disk I/O error"));
      default -> CompletableFuture.completedStage(Optional.ofNullable(answered.get(key)));
    };
  }

  private void send(long id) {
    send(id, LATER);
  }

  private void send(long id, Deadline deadline) {
    send(id, deadline, null);
  }

  private void send(long id, Deadline deadline, @Nullable String key) {
    endpoint.tell(
        new ServiceRequest(
            id,
            "request-" + id,
            "get_user",
            Map.of("user_id", "1"),
            QueryParameters.NONE,
            JsonBytes.EMPTY,
            deadline,
            key,
            null,
            null,
            caller.ref()));
  }

  private static void answer(ServiceRequest request, ReplyStatus status) {
    request.replyTo().tell(ServiceReply.success(request, status, JsonBytes.of("{}")));
  }
}

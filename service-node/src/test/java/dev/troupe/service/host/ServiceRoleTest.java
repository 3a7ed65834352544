package dev.troupe.service.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.node.call.OutboundCall;
import dev.troupe.node.metrics.NodeMetrics;
import dev.troupe.node.registry.RegistryActor;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.start.NodeContext;
import dev.troupe.node.start.NodeIdentity;
import dev.troupe.node.start.StartedRole;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.service.RequestLog;
import dev.troupe.protocol.settings.SettingsLoader;
import dev.troupe.protocol.trace.TraceContext;
import dev.troupe.service.order.OrderService;
import dev.troupe.service.user.UserService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServiceRoleTest {
  private static final TraceContext TRACE = TraceContext.begin();
  private static final Deadline DEADLINE = Deadline.after(Duration.ofMinutes(1));

  @TempDir Path home;
  private final ActorTestKit kit = ActorTestKit.create();
  private final TestProbe<ServiceReply> caller = kit.createTestProbe();
  private volatile @Nullable OutboundCall called;
  private final List<String> calledServices = new CopyOnWriteArrayList<>();
  private ServiceReply answer = found("{\"greeting\":\"Hi\",\"x\":1}");

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void aServiceIsHostedAndAnswers() throws Exception {
    StartedRole startedRole = start("Greeter", Services.Greeter.class.getName());
    assertThat(startedRole.version()).isEqualTo("1.2");
    assertThat(startedRole.descriptor()).isEqualTo(Services.Greeter.DESCRIPTOR);
    startedRole.check().run();

    ServiceReply reply = ask(startedRole, "greet", "Ann");
    assertThat(reply.status()).isEqualTo(ReplyStatus.OK);
    assertThat(reply.data()).asString().contains("Hello, Ann");
    assertThat(startedRole.counters().requests()).isEqualTo(1);

    assertThat(startedRole.drain().get().toCompletableFuture())
        .succeedsWithin(Duration.ofSeconds(5));
    assertThat(ask(startedRole, "greet", "Ann").status()).isEqualTo(ReplyStatus.NOT_TAKEN);
  }

  @Test
  void aCallOfAnotherServiceCarriesWhatTheCallerHasAndEndsBeforeIt() throws Exception {
    StartedRole startedRole = start("Greeter", Services.Greeter.class.getName());
    assertThat(ask(startedRole, "greet", "other").data())
        .asString()
        .contains("\"greeting\":\"Hi\"");
    OutboundCall call = Objects.requireNonNull(called);
    assertThat(call.service()).isEqualTo("Other");
    assertThat(call.action()).isEqualTo("greet");
    assertThat(call.requestId()).isEqualTo("request-1");
    assertThat(call.deadline().atNanos())
        .isBetween(DEADLINE.earlierBy(Duration.ofSeconds(1)).atNanos(), DEADLINE.atNanos() - 1);
    assertThat(call.trace().id()).isEqualTo(TRACE.id());
    assertThat(call.trace()).as("below the span of the action").isNotEqualTo(TRACE);
    assertThat(call.idempotencyKey()).isNull();
    assertThat(call.idempotent()).isTrue();
    assertThat(call.data()).isEqualTo(JsonBytes.of("{\"name\":\"other\"}"));
  }

  @Test
  void aRefusalOfAnotherServiceKeepsItsStatusAndMessage() throws Exception {
    answer = new ServiceReply(0, "", ReplyStatus.DEADLINE, JsonBytes.EMPTY, "too late");
    ServiceReply reply = ask(start("Greeter", Services.Greeter.class.getName()), "greet", "other");
    assertThat(reply.status()).isEqualTo(ReplyStatus.DEADLINE);
    assertThat(reply.message()).isEqualTo("too late");
  }

  @Test
  void anAnswerThatIsSomethingElseIsAFailure() throws Exception {
    answer = new ServiceReply(0, "", ReplyStatus.OK, JsonBytes.of("{\"greeting\":[]}"), null);
    ServiceReply reply = ask(start("Greeter", Services.Greeter.class.getName()), "greet", "other");
    assertThat(reply.status()).isEqualTo(ReplyStatus.FAILED);
    assertThat(reply.message()).contains("Other greet answered something else");
  }

  // Were it on the internal dispatcher, one that blocks would hold up the cluster's heartbeats.
  @Test
  void aServiceWorksOnTheDefaultDispatcher() throws Exception {
    ServiceReply reply = ask(start("Threads", Services.Threads.class.getName()), "greet", "a");

    assertThat(reply.data())
        .asString()
        .containsPattern("default-dispatcher-\\d+, \\S+default-dispatcher-\\d+")
        .doesNotContain("internal-dispatcher");
  }

  @Test
  void everyStepOfAHandlerLogsForTheRequest() throws Exception {
    ServiceReply reply = ask(start("Logging", Services.Logging.class.getName()), "greet", "a");

    assertThat(reply.data()).asString().contains("\"request-1, request-1, request-1\"");
    assertThat(RequestLog.current()).isNull();
  }

  @Test
  void aHandlerThatThrowsAnswersAndTheServiceGoesOn() throws Exception {
    StartedRole startedRole = start("Fragile", Services.Fragile.class.getName());
    for (String how : List.of("fail", "link", "assert", "fail")) {
      assertThat(ask(startedRole, "greet", how).status()).isEqualTo(ReplyStatus.FAILED);
    }
    assertThat(startedRole.counters().errors()).isEqualTo(4);
  }

  @Test
  void anActorOfTheServiceIsRestartedWhateverItThrows() throws Exception {
    StartedRole startedRole = start("Counting", Services.Counting.class.getName());
    assertThat(ask(startedRole, "greet", "Ann").data()).asString().contains("Ann after start 1");
    assertThat(ask(startedRole, "greet", "Bob").data()).asString().contains("Bob after start 2");
  }

  @Test
  void aServiceHasOneStore() {
    assertThatThrownBy(() -> start("Greedy", Services.Greedy.class.getName()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Greedy opens a store twice (expected: one, with one folder of migrations)");
  }

  @Test
  void theNodesProbeWaitsInLineWithTheRequests() throws Exception {
    StartedRole startedRole = start("Fragile", Services.Fragile.class.getName());
    CompletableFuture<Void> answered = new CompletableFuture<>();

    Objects.requireNonNull(startedRole.work()).queue().accept(() -> answered.complete(null));

    assertThat(answered).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void theStoreIsInTheHomeAndClosedInTheEnd() throws Exception {
    StartedRole startedRole = start("UserService", UserService.class.getName());
    startedRole.check().run();
    assertThat(home.resolve("data/UserService.db")).exists();
    assertThat(home.resolve("data/UserService.db-wal")).exists();
    kit.shutdownTestKit();
    // SQLite removes it when the last connection is closed in order.
    assertThat(home.resolve("data/UserService.db-wal")).doesNotExist();
  }

  @Test
  void whatWasAnsweredBeforeNeedsNoOtherService() throws Exception {
    StartedRole startedRole = start("OrderService", OrderService.class.getName());
    JsonBytes order = JsonBytes.of("{\"user_id\":3,\"product\":\"book\"}");
    answer = found("{\"user\":{\"id\":3,\"username\":\"a\",\"email\":\"a@b\",\"version\":1}}");
    tell(startedRole, "create_order", Map.of(), order);
    ServiceReply first = caller.receiveMessage(Duration.ofSeconds(10));
    assertThat(first.status()).isEqualTo(ReplyStatus.CREATED);
    assertThat(calledServices).containsOnlyOnce("UserService");

    tell(startedRole, "create_order", Map.of(), order);
    assertThat(caller.receiveMessage(Duration.ofSeconds(10))).isEqualTo(first);
    assertThat(calledServices).containsOnlyOnce("UserService");
  }

  private static ServiceReply found(String data) {
    return new ServiceReply(0, "", ReplyStatus.OK, JsonBytes.of(data), null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Greeter | com.example.Missing                            | does not exist. Put its jar"
            + " into",
        "Greeter | java.lang.String                               | is not a service. Make it"
            + " implement",
        "Throwing | dev.troupe.service.host.Services$Throwing     | no licence",
        "Lacking  | dev.troupe.service.host.Services$Lacking      | cannot be loaded:"
            + " java.lang.NoClassDefFoundError: com/example/Missing",
        "Closed   | dev.troupe.service.host.Services$Closed       | public no-argument constructor",
        "Greeter  | dev.troupe.protocol.service.Service           | public no-argument constructor",
        "Hello    | dev.troupe.service.host.Services$Greeter      | defines 'Greeter'"
      })
  void aClassThatCannotBeHostedIsNamed(String service, String className, String message) {
    assertThatThrownBy(() -> start(service, className))
        .isInstanceOf(UnusableServiceException.class)
        .hasMessageContaining(service)
        .hasMessageContaining(className)
        .hasMessageContaining(message)
        .hasMessageContaining(home.resolve("services").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "Greeter, com.example.Missing, true",
    "Lacking, dev.troupe.service.host.Services$Lacking, true",
    "Throwing, dev.troupe.service.host.Services$Throwing, false"
  })
  void anotherStartIsWorthATryUnlessAClassIsMissing(
      String service, String className, boolean isFinal) {
    assertThatThrownBy(() -> start(service, className))
        .isInstanceOfSatisfying(
            UnusableServiceException.class,
            failure -> assertThat(failure.isFinal()).isEqualTo(isFinal));
  }

  @Test
  void aServiceThatIsNotInTheSettingsIsNamed() throws Exception {
    NodeContext node = node("Greeter", Services.Greeter.class.getName(), "Absent");
    assertThatThrownBy(() -> new ServiceRole().start(node))
        .isInstanceOf(UnusableServiceException.class)
        .hasMessageContaining("Absent")
        .hasMessageContaining("Greeter");
  }

  private StartedRole start(String service, String className) throws Exception {
    return new ServiceRole().start(node(service, className, service));
  }

  private NodeContext node(String service, String className, String identity) throws Exception {
    Files.writeString(
        home.resolve(SettingsLoader.FILE),
        """
        troupe.services.%s.class = "%s"
        """
            .formatted(service, className));
    return new NodeContext(
        new NodeIdentity(identity, identity + "-1", 1),
        SettingsLoader.load(home, Map.of()),
        kit.system(),
        kit.<RegistryActor.Command>createTestProbe().ref(),
        () -> RegistryView.EMPTY,
        this::answered,
        NodeMetrics.of(true),
        Runnable::run);
  }

  private CompletionStage<ServiceReply> answered(OutboundCall call) {
    called = call;
    calledServices.add(call.service());
    // By a thread that is not the caller's, as the router does.
    return new CompletableFuture<ServiceReply>()
        .completeAsync(() -> answer, CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
  }

  private ServiceReply ask(StartedRole startedRole, String action, String name) {
    tell(startedRole, action, name);
    return caller.receiveMessage(Duration.ofSeconds(10));
  }

  private void tell(StartedRole startedRole, String action, String name) {
    tell(startedRole, action, Map.of("name", name), JsonBytes.EMPTY);
  }

  private void tell(
      StartedRole startedRole, String action, Map<String, String> path, JsonBytes data) {
    Objects.requireNonNull(startedRole.endpoint())
        .tell(
            new ServiceRequest(
                1,
                "request-1",
                action,
                path,
                QueryParameters.NONE,
                data,
                DEADLINE,
                "key",
                null,
                TRACE,
                caller.ref()));
  }
}

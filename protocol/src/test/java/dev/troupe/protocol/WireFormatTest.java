package dev.troupe.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.troupe.protocol.call.BodyPart;
import dev.troupe.protocol.call.ChunkRequest;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.LargeReply;
import dev.troupe.protocol.call.LargeRequest;
import dev.troupe.protocol.call.PartRequest;
import dev.troupe.protocol.call.Preconditions;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.call.StreamChunk;
import dev.troupe.protocol.call.StreamEnd;
import dev.troupe.protocol.call.StreamPart;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.logs.LogLevelReply;
import dev.troupe.protocol.logs.LogLevelRequest;
import dev.troupe.protocol.metrics.HistoryReport;
import dev.troupe.protocol.metrics.HistoryRequest;
import dev.troupe.protocol.metrics.LoadSample;
import dev.troupe.protocol.metrics.MetricFamily;
import dev.troupe.protocol.metrics.MetricKind;
import dev.troupe.protocol.metrics.MetricPoint;
import dev.troupe.protocol.metrics.MetricsReport;
import dev.troupe.protocol.metrics.MetricsRequest;
import dev.troupe.protocol.registry.BreakerState;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.registry.DataReport;
import dev.troupe.protocol.registry.DataRequest;
import dev.troupe.protocol.registry.DeadWork;
import dev.troupe.protocol.registry.DeathCause;
import dev.troupe.protocol.registry.DeathNotice;
import dev.troupe.protocol.registry.Heartbeat;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.protocol.registry.ProgramTraffic;
import dev.troupe.protocol.registry.Pulse;
import dev.troupe.protocol.registry.PulseBatch;
import dev.troupe.protocol.registry.PulseMessage;
import dev.troupe.protocol.registry.PulseToRelay;
import dev.troupe.protocol.registry.Registration;
import dev.troupe.protocol.service.ActionDescriptor;
import dev.troupe.protocol.service.HttpMethod;
import dev.troupe.protocol.service.PathTemplate;
import dev.troupe.protocol.service.ServiceDescriptor;
import dev.troupe.protocol.settings.LogLevel;
import dev.troupe.protocol.trace.KeepReason;
import dev.troupe.protocol.trace.KeepTraces;
import dev.troupe.protocol.trace.Span;
import dev.troupe.protocol.trace.SpanEnd;
import dev.troupe.protocol.trace.SpanKind;
import dev.troupe.protocol.trace.SpanQuery;
import dev.troupe.protocol.trace.SpanReport;
import dev.troupe.protocol.trace.TraceContext;
import dev.troupe.protocol.trace.TraceId;
import dev.troupe.protocol.wire.CallSerializer;
import dev.troupe.protocol.wire.PulseSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.apache.pekko.serialization.jackson.JacksonCborSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every wire type survives the wire, with the serializers of production. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WireFormatTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901234Z");

  private static final CallReport OPEN = report(BreakerState.OPEN, AT);

  private @Nullable ActorTestKit testKit;
  private @Nullable Serialization serialization;

  @BeforeAll
  void start() {
    testKit = ActorTestKit.create();
    serialization = SerializationExtension.get(Adapter.toClassic(testKit.system()));
  }

  @AfterAll
  void stop() {
    testKit.shutdownTestKit();
  }

  private List<WireMessage> samples() {
    ActorRef<ServiceReply> caller = testKit.<ServiceReply>createTestProbe().getRef();
    ActorRef<ServiceRequest> endpoint = testKit.<ServiceRequest>createTestProbe().getRef();
    ServiceRequest full =
        new ServiceRequest(
            Long.MAX_VALUE,
            "request-7",
            "get_user",
            Map.of("user_id", "1"),
            new QueryParameters(
                Map.of("limit", List.of("5"), "text", List.of("ü&=☕"), "tag", List.of("a", "b"))),
            JsonBytes.of("{ \"name\" : \"Zoë 😀\" }"),
            Deadline.after(Duration.ofHours(1)),
            "key-1",
            new Preconditions("\"3\", W/\"ü\"", "*"),
            new TraceContext(1, -2, 3, true, true, "acme=1,other@x=\"a b\""),
            "2001:db8:1:2:0:0:0:0/64",
            "key:zoë",
            null,
            Map.of("accept-language", "de, en;q=0.5"),
            caller);
    ServiceRequest bare =
        new ServiceRequest(
            0,
            "",
            "a",
            Map.of(),
            QueryParameters.NONE,
            JsonBytes.EMPTY,
            Deadline.after(Duration.ZERO),
            null,
            null,
            null,
            caller);
    Registration service =
        new Registration(
            "UserService",
            "UserService-1",
            3,
            "pekko://troupe@127.0.0.1:25520",
            4_194_304,
            AT,
            "5f1c2f5a-6a1d-4a57-8a71-1f6c0f0f8a10:4711",
            AT.plusNanos(1),
            "1",
            null,
            endpoint);
    Registration gateway =
        new Registration(
            "gateway",
            "gateway-1",
            1,
            "pekko://t@h:1",
            1,
            AT,
            null,
            AT,
            "1",
            "http://h:5000",
            null);
    Heartbeat ready =
        new Heartbeat(
            3,
            Long.MAX_VALUE,
            1L << 42,
            AT,
            InstanceState.READY,
            null,
            false,
            5,
            1L << 40,
            12.345,
            Map.of("UserService", OPEN),
            List.of(new DeadWork(DeadWork.Kind.NOTIFICATION, "email", 3)));
    Heartbeat unhealthy =
        new Heartbeat(
            1,
            0,
            0,
            Instant.EPOCH,
            InstanceState.UNHEALTHY,
            "disk full",
            true,
            0,
            0,
            0.0,
            Map.of());
    ServiceDescriptor descriptor =
        new ServiceDescriptor(
            "UserService",
            "1",
            List.of(
                new ActionDescriptor(
                    "get_user", HttpMethod.GET, PathTemplate.of("/users/{user_id}"), true),
                new ActionDescriptor("root", HttpMethod.POST, PathTemplate.of("/"), false)));

    List<WireMessage> samples = new ArrayList<>(List.of(full, bare, service, gateway));
    samples.addAll(List.of(ready, unhealthy, descriptor));
    samples.add(ServiceReply.success(full, ReplyStatus.CREATED, JsonBytes.of("{\"a\":1}")));
    samples.add(
        new ServiceReply(
            1,
            "r",
            ReplyStatus.OK,
            JsonBytes.of("{}"),
            null,
            Map.of("ETag", "\"3\"", "Link", "</users?after=2>; rel=\"next\"")));
    samples.add(ServiceReply.error(bare, ReplyStatus.NOT_TAKEN, "ask another"));
    ActorRef<PartRequest> source = testKit.<PartRequest>createTestProbe().getRef();
    samples.add(new LargeRequest(full.withData(JsonBytes.EMPTY), Integer.MAX_VALUE, source));
    samples.add(
        new LargeReply(
            ServiceReply.success(full, ReplyStatus.OK, JsonBytes.EMPTY), 1 << 21, source));
    samples.add(new PartRequest(7, 1 << 19, testKit.<BodyPart>createTestProbe().getRef()));
    samples.add(new BodyPart(7, JsonBytes.of("[1,2")));
    samples.add(new ChunkRequest(7, testKit.<StreamPart>createTestProbe().getRef()));
    samples.add(new StreamChunk(7, JsonBytes.of("[1,2")));
    samples.add(new StreamEnd(7, "the disk is full"));
    samples.add(new ServiceDescriptor("Empty", "0.1", List.of()));
    samples.add(
        new ServiceDescriptor(
            "Legacy",
            "1",
            List.of(ActionDescriptor.allBelow("route_1", PathTemplate.of("/legacy")))));
    samples.add(
        new ProgramTraffic.Report(
            testKit.<ProgramTraffic>createTestProbe().getRef(), 1, 2, Long.MAX_VALUE));
    samples.add(new ProgramTraffic.Leaving());
    Pulse pulse = new Pulse("UserService-1", 7, 1L << 33, 1L << 34, 1L << 41, 3, 1L << 40, 12.345);
    samples.add(pulse);
    samples.add(new PulseToRelay(pulse));
    samples.add(new PulseBatch(List.of(pulse, pulse)));
    TraceId trace = new TraceId(Long.MIN_VALUE, 7);
    samples.add(
        new KeepTraces(List.of(new KeepTraces.Kept(trace, KeepReason.FAILED, "request-1"))));
    samples.add(new SpanQuery(Set.of(trace), testKit.<SpanReport>createTestProbe().getRef()));
    samples.add(
        new SpanReport(
            "UserService-1",
            3,
            List.of(
                new Span(
                    trace,
                    -1,
                    0,
                    SpanKind.ATTEMPT,
                    1L << 51,
                    1L << 39,
                    SpanEnd.LOST,
                    503,
                    "get_user",
                    "UserService-1",
                    2))));
    samples.add(
        new MetricsReport(
            5,
            MetricsReport.VERSION,
            "UserService-1",
            List.of(
                new MetricFamily(
                    "wait_seconds",
                    MetricKind.HISTOGRAM,
                    "How long calls wait.",
                    List.of(0.5, 1.0),
                    List.of(new MetricPoint(Map.of("a", "b"), 7.5, List.of(1L, 0L, 1L << 40))))),
            2));
    samples.add(
        new HistoryReport(
            5,
            HistoryReport.VERSION,
            "UserService-1",
            77,
            12,
            4_000,
            List.of(
                new LoadSample(11, 0.25, 1L << 30, 1L << 31, 0.5, 3, List.of(1L, 0L, 1L << 40)),
                new LoadSample(12, -1, 0, 0, 0, 0, List.of()))));
    samples.add(new HistoryRequest(5, 77, 11, testKit.<HistoryReport>createTestProbe().getRef()));
    samples.add(new MetricsRequest(5, testKit.<MetricsReport>createTestProbe().getRef()));
    samples.add(new LogLevelReply("there are too many"));
    samples.add(
        new LogLevelRequest(
            "com.example", LogLevel.DEBUG, 5, testKit.<LogLevelReply>createTestProbe().getRef()));
    samples.add(new DataRequest(5, testKit.<DataReport>createTestProbe().getRef()));
    samples.add(
        new DataReport(
            5,
            DataReport.VERSION,
            "UserService-1",
            true,
            List.of(new DataReport.Entry("OrderService-1", 2, 1, 1L << 40, 1L << 33)),
            3));
    samples.add(new DeathNotice("pekko://troupe@127.0.0.1:25001", DeathCause.ITSELF));
    return samples;
  }

  @Test
  void everyWireTypeSurvivesTheWire() {
    for (WireMessage message : samples()) {
      assertSurvives(message);
    }
  }

  @Test
  void everyValueOfAnEnumSurvivesTheWire() {
    Arrays.stream(ReplyStatus.values())
        .map(status -> new ServiceReply(1, "r", status, JsonBytes.EMPTY, null))
        .forEach(reply -> assertThat(roundTrip(reply)).isEqualTo(reply));
    Arrays.stream(InstanceState.values())
        .map(state -> new Heartbeat(1, 1, 1, AT, state, null, false, 0, 0, 0, Map.of()))
        .forEach(heartbeat -> assertThat(roundTrip(heartbeat)).isEqualTo(heartbeat));
    Arrays.stream(BreakerState.values())
        .map(state -> Map.of("UserService", report(state, null)))
        .map(calls -> new Heartbeat(1, 1, 1, AT, InstanceState.READY, null, false, 0, 0, 0, calls))
        .forEach(heartbeat -> assertThat(roundTrip(heartbeat)).isEqualTo(heartbeat));
    Arrays.stream(HttpMethod.values())
        .map(method -> new ActionDescriptor("a", method, PathTemplate.of("/"), true))
        .map(action -> new ServiceDescriptor("S", "1", List.of(action)))
        .forEach(descriptor -> assertThat(roundTrip(descriptor)).isEqualTo(descriptor));
  }

  @ParameterizedTest
  @CsvSource({"'\"1\"',", ",*", ",", "*,'W/\"1\"'"})
  void whateverPreconditionsThereAreSurviveTheWire(
      @Nullable String ifMatch, @Nullable String ifNoneMatch) {
    ServiceRequest request =
        new ServiceRequest(
            1,
            "r",
            "a",
            Map.of(),
            QueryParameters.NONE,
            JsonBytes.EMPTY,
            Deadline.NEVER,
            null,
            Preconditions.of(ifMatch, ifNoneMatch),
            null,
            testKit.<ServiceReply>createTestProbe().getRef());
    assertSurvives(request);
  }

  @Test
  void noWireTypeLacksASample() {
    Set<String> sampled =
        samples().stream().map(sample -> sample.getClass().getName()).collect(Collectors.toSet());

    assertThat(wireTypes()).isNotEmpty().isEqualTo(sampled);
  }

  @Test
  void theBodyCrossesAsItsBytesNotAsText() {
    JsonBytes body = JsonBytes.of("{\"name\":\"" + "x".repeat(3000) + "\"}");
    byte[] wire =
        serialization.serialize(new ServiceReply(1, "r", ReplyStatus.OK, body, null)).get();

    assertThat(new String(wire, StandardCharsets.ISO_8859_1)).contains(body.toString());
    assertThat(wire).hasSizeLessThan(body.size() + 100);
  }

  private static CallReport report(BreakerState state, @Nullable Instant openUntil) {
    return new CallReport(
        new CallReport.WaitingRoom(3, 1L << 33, 400, 1L << 40, 2, 1),
        new CallReport.Timeout(5000, 3),
        new CallReport.CircuitBreaker(state, openUntil, 40, 20, 1, 7),
        new CallReport.Bulkhead(5, 768, 9),
        new CallReport.RetryBudget(11, 1, 1024),
        List.of(new CallReport.SuspendedAction("crash", List.of("UserService-1"), 30, 1L << 40)));
  }

  private static Set<String> wireTypes() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.troupe.protocol")
            .stream()
            .filter(type -> type.isAssignableTo(WireMessage.class) && !type.isInterface())
            .map(JavaClass::getName)
            .collect(Collectors.toSet());
  }

  private void assertSurvives(WireMessage message) {
    // What crosses is the time left, so that the deadline of the copy is a little later.
    assertThat(roundTrip(message))
        .usingRecursiveComparison()
        .withEqualsForType(
            (a, b) -> Math.abs(a.atNanos() - b.atNanos()) < Duration.ofMinutes(1).toNanos(),
            Deadline.class)
        .isEqualTo(message);
  }

  private static Class<?> serializerOf(WireMessage message) {
    if (message instanceof PulseMessage) {
      return PulseSerializer.class;
    }
    boolean call = message.getClass().getPackageName().endsWith(".call");
    return call ? CallSerializer.class : JacksonCborSerializer.class;
  }

  private Object roundTrip(WireMessage message) {
    SerializerWithStringManifest serializer =
        (SerializerWithStringManifest) serialization.findSerializerFor(message);
    assertThat(serializer).isInstanceOf(serializerOf(message));
    return serialization
        .deserialize(
            serialization.serialize(message).get(),
            serializer.identifier(),
            serializer.manifest(message))
        .get();
  }
}

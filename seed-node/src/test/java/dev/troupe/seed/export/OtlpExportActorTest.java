package dev.troupe.seed.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.troupe.protocol.control.SpanLine;
import dev.troupe.protocol.control.TraceReport;
import dev.troupe.protocol.control.TraceSummary;
import dev.troupe.seed.TestKits;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a receiver of its own, which reads what it gets with the classes of OpenTelemetry. */
final class OtlpExportActorTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final Instant AT = Instant.parse("2026-01-01T10:00:00Z");
  private static final Duration LONG = Duration.ofSeconds(60);

  private final ActorTestKit kit = TestKits.realTime();
  private final BlockingQueue<ExportTraceServiceRequest> received = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile int firstAnswer = 200;
  private volatile CountDownLatch open = new CountDownLatch(0);
  private HttpServer receiver;
  private ActorRef<OtlpExportActor.Command> export;

  @BeforeEach
  void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.setExecutor(threads);
    receiver.createContext("/v1/traces", this::receive);
    receiver.start();
    export = kit.spawn(OtlpExportActor.create(address()));
  }

  private URI address() {
    return URI.create("http://127.0.0.1:%d/v1/traces".formatted(receiver.getAddress().getPort()));
  }

  private void receive(HttpExchange exchange) throws IOException {
    ExportTraceServiceRequest request =
        ExportTraceServiceRequest.parseFrom(exchange.getRequestBody().readAllBytes());
    received.add(request);
    try {
      open.await();
    } catch (InterruptedException closed) {
      exchange.close();
      return;
    }
    exchange.sendResponseHeaders(received.size() == 1 ? firstAnswer : 200, -1);
    exchange.close();
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
    receiver.stop(0);
    threads.shutdownNow();
  }

  @Test
  void theSpansOfATraceArriveWithTheirProcesses() throws InterruptedException {
    export.tell(new OtlpExportActor.Export(trace("POST /orders")));

    ExportTraceServiceRequest request = received.poll(LONG.toSeconds(), TimeUnit.SECONDS);
    assertThat(request).isNotNull();
    Span root = span(request, "gateway");
    assertThat(root.getName()).isEqualTo("POST /orders");
    assertThat(hex(root.getTraceId())).isEqualTo(TRACE);
    assertThat(hex(root.getSpanId())).isEqualTo("00000000000000a1");
    assertThat(root.getParentSpanId().isEmpty()).isTrue();
    assertThat(root.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(root.getStartTimeUnixNano()).isEqualTo(AT.getEpochSecond() * 1_000_000_000L);
    assertThat(root.getEndTimeUnixNano() - root.getStartTimeUnixNano()).isEqualTo(5_000_000L);
    assertThat(root.getAttributesList())
        .anySatisfy(
            attribute -> {
              assertThat(attribute.getKey()).isEqualTo("http.response.status_code");
              assertThat(attribute.getValue().getIntValue()).isEqualTo(201);
            });
    Span lost = span(request, "OrderService");
    assertThat(hex(lost.getParentSpanId())).isEqualTo("00000000000000a1");
    assertThat(lost.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
    assertThat(lost.getStatus().getMessage()).isEqualTo("killed by SIGKILL");
  }

  @Test
  void whatAReceiverRefusesIsLostAndTheNextTraceIsSent() throws InterruptedException {
    firstAnswer = 400;
    export.tell(new OtlpExportActor.Export(trace("first")));
    assertThat(received.poll(LONG.toSeconds(), TimeUnit.SECONDS)).isNotNull();

    export.tell(new OtlpExportActor.Export(trace("second")));

    assertThat(span(received.poll(LONG.toSeconds(), TimeUnit.SECONDS), "gateway").getName())
        .isEqualTo("second");
  }

  @Test
  void whileTheReceiverHangsOnlyTheNewestTracesWait() {
    open = new CountDownLatch(1);
    int all = 3 * OtlpExportActor.MOST_WAITING;
    for (int i = 1; i <= all; i++) {
      export.tell(new OtlpExportActor.Export(trace("trace " + i)));
    }
    await().atMost(LONG).until(() -> received.size() == 1);

    open.countDown();

    await()
        .atMost(LONG)
        .until(
            () ->
                received.stream()
                    .anyMatch(one -> span(one, "gateway").getName().equals("trace " + all)));
    assertThat(received).hasSizeLessThanOrEqualTo(1 + OtlpExportActor.MOST_WAITING);
  }

  private static Span span(@Nullable ExportTraceServiceRequest request, String service) {
    assertThat(request).isNotNull();
    for (ResourceSpans ofProcess : request.getResourceSpansList()) {
      boolean wanted =
          ofProcess.getResource().getAttributesList().stream()
              .anyMatch(
                  attribute ->
                      attribute.getKey().equals("service.name")
                          && attribute.getValue().getStringValue().equals(service));
      if (wanted) {
        return ofProcess.getScopeSpans(0).getSpans(0);
      }
    }
    throw new AssertionError("no span of " + service + " in " + request);
  }

  private static String hex(com.google.protobuf.ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  private static TraceReport trace(String name) {
    return new TraceReport(
        new TraceSummary(
            TRACE, "request-1", name, 201, AT, 5000, List.of("moved"), 2, List.of("gateway-1")),
        List.of(
            new SpanLine(
                "00000000000000a1",
                null,
                0,
                "request",
                name,
                "gateway-1",
                1,
                null,
                0,
                5000,
                "ok",
                201,
                null),
            new SpanLine(
                "00000000000000a2",
                "00000000000000a1",
                1,
                "action",
                "create_order",
                "OrderService-1",
                3,
                null,
                100,
                4000,
                "lost",
                null,
                "killed by SIGKILL")));
  }
}

package dev.troupe.node.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.TestKits;
import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.settings.TraceSettings;
import dev.troupe.protocol.trace.KeepReason;
import dev.troupe.protocol.trace.KeepTraces;
import dev.troupe.protocol.trace.Span;
import dev.troupe.protocol.trace.SpanEnd;
import dev.troupe.protocol.trace.SpanKind;
import dev.troupe.protocol.trace.SpanQuery;
import dev.troupe.protocol.trace.SpanReport;
import dev.troupe.protocol.trace.TraceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SpanReporterTest {
  private static final TraceContext TRACE = TraceContext.begin();

  private final ActorTestKit kit = TestKits.realTime();
  private final TestProbe<KeepTraces> seed = kit.createTestProbe();
  private final AtomicReference<RegistryView> view = new AtomicReference<>(RegistryView.EMPTY);
  private final Tracer tracer = Tracer.of(kit.system());
  private final ActorRef<Object> reporter =
      kit.spawn(SpanReporter.create("gateway-1", 3, view::get), SpanReporter.name());

  @BeforeEach
  void start() {
    kit.system()
        .systemActorOf(
            Behaviors.<KeepTraces>receiveMessage(
                keep -> {
                  seed.ref().tell(keep);
                  return Behaviors.same();
                }),
            SpanReporter.collectorName(),
            Props.empty());
    tracer.start(
        new TraceSettings(true, 1024, 0, 5, 10, Duration.ofHours(1), null), reporter::tell);
  }

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  @Test
  void whatIsToBeKeptWaitsForASeedNode() {
    tracer.keep(TRACE, KeepReason.FAILED, "r1");
    tracer.keep(TRACE, KeepReason.MOVED, "r1");
    view.set(view("UserService", kit.system().address().toString()));
    seed.expectNoMessage(Duration.ofMillis(300));

    view.set(view("seed", kit.system().address().toString()));

    List<KeepReason> reasons = new ArrayList<>();
    while (reasons.size() < 2) {
      seed.receiveMessage().traces().forEach(kept -> reasons.add(kept.reason()));
    }
    assertThat(reasons).containsExactly(KeepReason.FAILED, KeepReason.MOVED);
  }

  @Test
  void theSpansOfATraceAreToldWithTheProcessTheyAreOf() {
    tracer.record(SpanKind.ACTION, TRACE, 7, System.nanoTime(), SpanEnd.OK, 201, "create_order");
    TestProbe<SpanReport> reports = kit.createTestProbe();

    SpanReporter.at(kit.system().address().toString(), kit.system())
        .tell(new SpanQuery(Set.of(TRACE.id()), reports.ref()));

    SpanReport report = reports.receiveMessage();
    assertThat(report.slot()).isEqualTo("gateway-1");
    assertThat(report.generation()).isEqualTo(3);
    assertThat(report.spans()).extracting(Span::name).containsExactly("create_order");
    assertThat(report.spans()).extracting(Span::parent).containsExactly(TRACE.spanId());
  }

  private static RegistryView view(String role, String address) {
    return new RegistryView(
        List.of(new MemberView(address, Set.of(role), "Up", true, 1, true, true)),
        Map.of(),
        List.of());
  }
}

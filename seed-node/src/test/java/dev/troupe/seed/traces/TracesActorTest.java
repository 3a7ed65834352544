package dev.troupe.seed.traces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.trace.SpanReporter;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.SpanLine;
import dev.troupe.protocol.control.TraceList;
import dev.troupe.protocol.control.TraceReport;
import dev.troupe.protocol.control.TraceSummary;
import dev.troupe.protocol.settings.TraceSettings;
import dev.troupe.protocol.trace.KeepReason;
import dev.troupe.protocol.trace.KeepTraces;
import dev.troupe.protocol.trace.SpanEnd;
import dev.troupe.protocol.trace.SpanQuery;
import dev.troupe.protocol.trace.SpanReport;
import dev.troupe.protocol.trace.TraceId;
import dev.troupe.seed.TestKits;
import dev.troupe.seed.events.EventJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TracesActorTest {
  private static final TraceSettings SETTINGS =
      new TraceSettings(true, 1024, 0, 5, 10, Duration.ofHours(1), null);

  private final ActorTestKit kit = TestKits.realTime();
  private final TestProbe<SpanQuery> node = kit.createTestProbe();
  private final TestProbe<EventJournal.Command> journal = kit.createTestProbe();
  private final BlockingQueue<TraceReport> exported = new LinkedBlockingQueue<>();
  private final ActorRef<Object> traces =
      kit.spawn(TracesActor.create(SETTINGS, this::view, journal.getRef(), exported::add));

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  @Test
  void spansOfATraceThatIsToBeKeptAreCollectedFromTheNodes() {
    keepAndReport();

    TraceReport trace = get(Spans.TRACE).orElseThrow();
    assertThat(trace.spans()).extracting(SpanLine::name).containsExactly("POST /orders");
    assertThat(list(null, null)).extracting(TraceSummary::requestId).containsExactly("request-1");
  }

  @Test
  void theJournalSaysWhyASpanIsLost() {
    EventJournal.Watch watch = journal.expectMessageClass(EventJournal.Watch.class);
    keepAndReport();
    traces.tell(
        new SpanReport(
            Spans.GATEWAY,
            1,
            List.of(Spans.attempt(Spans.GATEWAY, 2, 1, 0, 9, SpanEnd.LOST, Spans.ORDERS).span())));
    watch
        .watcher()
        .tell(
            Event.of(Instant.EPOCH, Spans.ORDERS, EventKind.EXITED, 1, 7L)
                .withReason("killed by SIGKILL"));

    assertThat(get(Spans.TRACE).orElseThrow().spans())
        .extracting(SpanLine::cause)
        .contains("killed by SIGKILL");
  }

  @Test
  void aTraceIsExportedWhenItIsComplete() throws InterruptedException {
    keepAndReport();

    TraceReport trace = exported.poll(60, TimeUnit.SECONDS);
    assertThat(trace).isNotNull();
    assertThat(trace.spans()).extracting(SpanLine::name).containsExactly("POST /orders");
  }

  @Test
  void theListIsFiltered() {
    keepAndReport();

    assertThat(list("/orders", "request-1")).hasSize(1);
    assertThat(list("/users", null)).isEmpty();
    assertThat(list(null, "request-2")).isEmpty();
  }

  @Test
  void aTraceThatIsNotKeptIsNotFound() {
    assertThat(get(new TraceId(1, 1))).isEmpty();
  }

  private void keepAndReport() {
    kit.spawn(
        Behaviors.<SpanQuery>receiveMessage(
            query -> {
              node.ref().tell(query);
              return Behaviors.same();
            }),
        SpanReporter.name());
    traces.tell(new KeepTraces(List.of(Spans.kept(KeepReason.FAILED))));
    SpanQuery query = node.receiveMessage();
    assertThat(query.traces()).containsExactly(Spans.TRACE);
    query
        .replyTo()
        .tell(new SpanReport(Spans.GATEWAY, 1, List.of(Spans.request(1, 1000, 900).span())));
  }

  private RegistryView view() {
    return new RegistryView(
        List.of(
            new MemberView(
                node.getRef().path().address().toString(), Set.of(), "Up", true, 1, true, true)),
        Map.of(),
        List.of());
  }

  private List<TraceSummary> list(@Nullable String route, @Nullable String request) {
    TestProbe<TraceList> replies = kit.createTestProbe();
    TraceFilter filter = new TraceFilter(route, null, 0, request, null);
    traces.tell(new TracesActor.ListTraces(filter, 10, replies.getRef()));
    return replies.receiveMessage().traces();
  }

  private Optional<TraceReport> get(TraceId id) {
    TestProbe<Optional<TraceReport>> replies = kit.createTestProbe();
    traces.tell(new TracesActor.GetTrace(id, replies.getRef()));
    return replies.receiveMessage();
  }
}

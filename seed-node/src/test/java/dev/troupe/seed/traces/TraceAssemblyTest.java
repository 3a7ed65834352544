package dev.troupe.seed.traces;

import static dev.troupe.seed.traces.Spans.GATEWAY;
import static dev.troupe.seed.traces.Spans.ORDERS;
import static dev.troupe.seed.traces.Spans.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.SpanLine;
import dev.troupe.protocol.control.TraceReport;
import dev.troupe.protocol.trace.KeepReason;
import dev.troupe.protocol.trace.SpanEnd;
import dev.troupe.protocol.trace.SpanKind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TraceAssemblyTest {
  private static final KnownExits NONE = new KnownExits();

  @Test
  void eachSpanComesAfterTheOneThatAskedForIt() {
    TraceReport trace =
        assemble(
            NONE,
            Spans.of(SpanKind.STORE, ORDERS, 5, 3, 1400, 300),
            Spans.of(SpanKind.ACTION, USERS, 6, 4, 1200, 50),
            Spans.attempt(ORDERS, 4, 3, 1150, 120, SpanEnd.OK, USERS),
            Spans.of(SpanKind.ACTION, ORDERS, 3, 2, 1100, 700),
            Spans.attempt(GATEWAY, 2, 1, 1050, 800, SpanEnd.OK, ORDERS),
            Spans.request(1, 1000, 900));

    assertThat(trace.spans())
        .extracting(SpanLine::kind)
        .containsExactly("request", "attempt", "action", "attempt", "action", "store");
    assertThat(trace.spans()).extracting(SpanLine::depth).containsExactly(0, 1, 2, 3, 4, 3);
    assertThat(trace.spans())
        .extracting(SpanLine::startMicros)
        .containsExactly(0L, 50L, 100L, 150L, 200L, 400L);
  }

  @Test
  void theSummaryIsThatOfTheRequest() {
    TraceReport trace =
        assemble(
            NONE,
            Spans.request(1, 1_000_000, 900),
            Spans.of(SpanKind.DELIVERY, "NotificationService-1", 2, 1, 3_000_000, 10));

    assertThat(trace.summary().traceId()).isEqualTo("0000000000000abc0000000000000def");
    assertThat(trace.summary().requestId()).isEqualTo("request-1");
    assertThat(trace.summary().name()).isEqualTo("POST /orders");
    assertThat(trace.summary().status()).isEqualTo(201);
    assertThat(trace.summary().durationMicros()).isEqualTo(900);
    assertThat(trace.summary().startedAt()).hasToString("1970-01-01T00:00:01Z");
    assertThat(trace.summary().reasons()).containsExactly("failed");
    assertThat(trace.summary().slots()).containsExactly("NotificationService-1", GATEWAY);
  }

  @Test
  void theWorkOfAProcessThatWasKilledIsShownAsLostWithTheCause() {
    TraceReport trace =
        assemble(
            Spans.exit(ORDERS, 1600, "killed by SIGKILL"),
            Spans.request(1, 1000, 5000),
            Spans.attempt(GATEWAY, 2, 1, 1100, 700, SpanEnd.LOST, ORDERS),
            Spans.of(SpanKind.WAIT, GATEWAY, 3, 1, 1800, 3000));

    SpanLine lost = trace.spans().get(2);
    assertThat(lost.kind()).isEqualTo("action");
    assertThat(lost.slot()).isEqualTo(ORDERS);
    assertThat(lost.end()).isEqualTo("lost");
    assertThat(lost.cause()).isEqualTo("killed by SIGKILL");
    assertThat(lost.durationMicros()).isEqualTo(500);
    assertThat(trace.spans()).extracting(SpanLine::cause).containsOnlyOnce("killed by SIGKILL");
  }

  @Test
  void whatALostProcessHasAskedForIsBelowIt() {
    TraceReport trace =
        assemble(
            NONE,
            Spans.request(1, 1000, 5000),
            Spans.attempt(GATEWAY, 2, 1, 1100, 700, SpanEnd.LOST, ORDERS),
            Spans.of(SpanKind.ACTION, USERS, 9, 8, 1300, 100));

    assertThat(trace.spans())
        .extracting(SpanLine::slot)
        .containsExactly(GATEWAY, GATEWAY, ORDERS, USERS);
    assertThat(trace.spans()).extracting(SpanLine::depth).containsExactly(0, 1, 2, 3);
  }

  @Test
  void theSpansOfAProcessThatEndedAfterItAnsweredAreLostToo() {
    TraceReport trace =
        assemble(
            Spans.exit(ORDERS, 9000, "killed by SIGKILL"),
            Spans.request(1, 1000, 900),
            Spans.attempt(GATEWAY, 2, 1, 1100, 700, SpanEnd.OK, ORDERS));

    assertThat(trace.spans().get(2).cause()).isEqualTo("killed by SIGKILL");
    assertThat(trace.spans().get(2).durationMicros()).isEqualTo(700);
  }

  @Test
  void anAttemptThatWasDeclinedLostNothing() {
    TraceReport trace =
        assemble(
            Spans.exit(ORDERS, 9000, "stopped by order"),
            Spans.request(1, 1000, 900),
            Spans.attempt(GATEWAY, 2, 1, 1100, 700, SpanEnd.DECLINED, ORDERS));

    assertThat(trace.spans()).hasSize(2);
  }

  @Test
  void aNodeWhoseClockIsWrongIsMovedWithAllItsSpans() {
    TraceReport trace =
        assemble(
            NONE,
            Spans.request(1, 1_000_000, 900),
            Spans.attempt(GATEWAY, 2, 1, 1_000_100, 700, SpanEnd.OK, ORDERS),
            // One second late.
            Spans.of(SpanKind.ACTION, ORDERS, 3, 2, 2_000_150, 500),
            Spans.of(SpanKind.STORE, ORDERS, 4, 3, 2_000_250, 300));

    assertThat(trace.spans())
        .extracting(SpanLine::startMicros)
        .containsExactly(0L, 100L, 200L, 300L);
  }

  @Test
  void aTraceWhoseRequestHasNotEndedIsShownAsFarAsItIsKnown() {
    TraceReport trace =
        assemble(
            Spans.exit(ORDERS, 1600, "killed by SIGKILL"),
            Spans.attempt(GATEWAY, 2, 1, 1100, 700, SpanEnd.LOST, ORDERS),
            Spans.of(SpanKind.WAIT, GATEWAY, 3, 1, 1800, 3000));

    assertThat(trace.spans())
        .extracting(SpanLine::kind)
        .containsExactly("attempt", "action", "wait");
    assertThat(trace.summary().durationMicros()).isEqualTo(3700);
  }

  @Test
  void spansThatNameOnlyEachOtherAreShown() {
    TraceReport trace =
        assemble(
            NONE,
            Spans.of(SpanKind.ACTION, ORDERS, 3, 4, 1000, 10),
            Spans.of(SpanKind.ACTION, ORDERS, 4, 3, 1000, 10));

    assertThat(trace.spans()).hasSize(2);
  }

  @Test
  void spansThatNameEachOtherEnd() {
    TraceReport trace =
        assemble(
            NONE,
            Spans.request(1, 1000, 900),
            Spans.of(SpanKind.ACTION, ORDERS, 2, 2, 1000, 10),
            Spans.of(SpanKind.ACTION, ORDERS, 3, 4, 1000, 10),
            Spans.of(SpanKind.ACTION, ORDERS, 4, 3, 1000, 10));

    assertThat(trace.spans()).extracting(SpanLine::id).contains("0000000000000001");
  }

  private static TraceReport assemble(KnownExits exits, CollectedSpan... spans) {
    KeptTrace trace = new KeptTrace(Spans.TRACE, 0);
    trace.add(Spans.kept(KeepReason.FAILED));
    List.of(spans).forEach(trace::add);
    return TraceAssembly.of(trace, exits).orElseThrow();
  }
}

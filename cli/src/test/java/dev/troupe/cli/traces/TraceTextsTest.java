package dev.troupe.cli.traces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.SpanLine;
import dev.troupe.protocol.control.TraceReport;
import dev.troupe.protocol.control.TraceSummary;
import dev.troupe.protocol.report.TimeFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TraceTextsTest {
  private static final Instant AT = Instant.parse("2026-01-01T10:00:00Z");
  private static final TimeFormat TIMES = new TimeFormat(AT, ZoneOffset.UTC);
  private static final TraceSummary SUMMARY =
      new TraceSummary(
          "4bf92f3577b34da6a3ce929d0e0e4736",
          "request-1",
          "POST /orders",
          201,
          AT,
          1_200_000,
          List.of("moved", "waited"),
          4,
          List.of("OrderService-1", "gateway-1"));

  @Test
  void aTraceIsShownWithItsSpansInTheirTimes() {
    TraceReport trace =
        new TraceReport(
            SUMMARY,
            List.of(
                span(
                    0, "request", "POST /orders", "gateway-1", null, 0, 1_200_000, "ok", 201, null),
                span(
                    1,
                    "attempt",
                    "create_order",
                    "gateway-1",
                    "OrderService-1",
                    300,
                    300_000,
                    "lost",
                    null,
                    null),
                span(
                    2,
                    "action",
                    "create_order",
                    "OrderService-1",
                    null,
                    300,
                    280_000,
                    "lost",
                    null,
                    "killed by SIGKILL"),
                span(
                    1,
                    "wait",
                    "OrderService",
                    "gateway-1",
                    null,
                    300_400,
                    890_000,
                    "ok",
                    null,
                    null)));

    assertThat(TraceTexts.waterfall(trace, TIMES))
        .containsExactly(
            "POST /orders, 201, took 1.20 s, began 10:00:00",
            "trace 4bf92f3577b34da6a3ce929d0e0e4736, request request-1, kept: moved, waited",
            "",
            "PROCESS         WORK                             AT        TOOK      |                                |",
            "gateway-1       POST /orders                     0.0 ms    1.20 s    |================================|  201",
            "gateway-1         create_order → OrderService-1  0.3 ms    300.0 ms  |========                        |  lost",
            "OrderService-1      create_order                 0.3 ms    280.0 ms  |=======                         |  lost: killed by SIGKILL",
            "gateway-1         waits for OrderService         300.4 ms  890.0 ms  |        ======================= |");
  }

  @Test
  void aListHasALineForEachTrace() {
    assertThat(TraceTexts.list(List.of(SUMMARY), TIMES))
        .containsExactly(
            "TIME      TRACE                             STATUS  TOOK    WHY           NAME",
            "10:00:00  4bf92f3577b34da6a3ce929d0e0e4736  201     1.20 s  moved,waited  POST /orders");
  }

  private static SpanLine span(
      int depth,
      String kind,
      String name,
      String slot,
      @Nullable String peer,
      long start,
      long duration,
      String end,
      @Nullable Integer status,
      @Nullable String cause) {
    return new SpanLine(
        "0000000000000001",
        null,
        depth,
        kind,
        name,
        slot,
        1,
        peer,
        start,
        duration,
        end,
        status,
        cause);
  }
}

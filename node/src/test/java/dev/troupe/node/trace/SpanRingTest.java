package dev.troupe.node.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.trace.Span;
import dev.troupe.protocol.trace.SpanEnd;
import dev.troupe.protocol.trace.SpanKind;
import dev.troupe.protocol.trace.TraceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class SpanRingTest {
  private static final TraceId TRACE = new TraceId(Long.MIN_VALUE, 7);
  private static final TraceId OTHER = new TraceId(Long.MIN_VALUE, 8);
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final SpanRing ring = new SpanRing(4);

  @Test
  void allPartsOfASpanComeBack() {
    ring.add(
        SpanKind.DELIVERY,
        Long.MIN_VALUE,
        7,
        -1,
        Long.MAX_VALUE,
        5 * MILLI,
        7 * MILLI,
        SpanEnd.LATE,
        999,
        "create_order",
        "OrderService-1",
        16_777_215);

    assertThat(ring.find(Set.of(TRACE), 10 * MILLI, 1_000_000))
        .containsExactly(
            new Span(
                TRACE,
                -1,
                Long.MAX_VALUE,
                SpanKind.DELIVERY,
                995_000,
                2000,
                SpanEnd.LATE,
                999,
                "create_order",
                "OrderService-1",
                16_777_215));
  }

  @Test
  void aNewSpanReplacesTheOldest() {
    for (int id = 1; id <= 6; id++) {
      add(TRACE, id);
    }

    assertThat(ring.find(Set.of(TRACE), 0, 0)).extracting(Span::id).containsExactly(3L, 4L, 5L, 6L);
  }

  @Test
  void onlySpansOfTheWantedTracesAreFound() {
    add(TRACE, 1);
    add(OTHER, 2);
    add(TRACE, 3);

    assertThat(ring.find(Set.of(TRACE), 0, 0)).extracting(Span::id).containsExactly(1L, 3L);
    assertThat(ring.find(Set.of(new TraceId(1, 1)), 0, 0)).isEmpty();
  }

  @Test
  void aReaderNeverSeesASpanThatIsHalfReplaced() throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    AtomicReference<String> torn = new AtomicReference<>();
    List<Thread> writers = new ArrayList<>();
    for (int writer = 1; writer <= 2; writer++) {
      long first = writer;
      Thread thread =
          new Thread(
              () -> {
                for (long id = first; !over.get(); id += 2) {
                  ring.add(
                      SpanKind.ACTION,
                      Long.MIN_VALUE,
                      7,
                      id,
                      id,
                      id,
                      id,
                      SpanEnd.OK,
                      0,
                      "a",
                      "",
                      0);
                }
              });
      thread.start();
      writers.add(thread);
    }
    int found = 0;
    for (int read = 0; read < 20_000; read++) {
      for (Span span : ring.find(Set.of(TRACE), 0, 0)) {
        found++;
        if (span.id() != span.parent()) {
          torn.set(span.toString());
        }
      }
    }
    over.set(true);
    for (Thread writer : writers) {
      writer.join();
    }

    assertThat(torn).hasNullValue();
    assertThat(found).isPositive();
  }

  private void add(TraceId trace, long id) {
    ring.add(SpanKind.ACTION, trace.high(), trace.low(), id, 0, 0, 0, SpanEnd.OK, 0, "name", "", 0);
  }
}

package dev.troupe.seed.traces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.trace.KeepReason;
import dev.troupe.protocol.trace.KeepTraces.Kept;
import dev.troupe.protocol.trace.Span;
import dev.troupe.protocol.trace.SpanEnd;
import dev.troupe.protocol.trace.SpanKind;
import dev.troupe.protocol.trace.SpanReport;
import dev.troupe.protocol.trace.TraceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TraceStoreTest {
  private final TraceStore store = new TraceStore(4, 10, Duration.ofSeconds(1));

  @Test
  void theOldestMakeRoom() {
    for (int id = 1; id <= 6; id++) {
      keep(id, KeepReason.FAILED);
    }

    assertThat(ids()).containsExactly(6L, 5L, 4L, 3L);
  }

  @Test
  void routineTracesMakeRoomFirstWhenTheyAreTheMost() {
    keep(1, KeepReason.FAILED);
    for (int id = 2; id <= 9; id++) {
      keep(id, KeepReason.CHOSEN);
    }

    assertThat(ids()).containsExactly(9L, 8L, 7L, 1L);
  }

  @Test
  void aTraceWithSpansOfAnotherReasonIsOneTrace() {
    keep(1, KeepReason.CHOSEN);
    keep(1, KeepReason.SLOW);

    assertThat(store.newestFirst()).hasSize(1);
    assertThat(store.newestFirst().get(0).reasons())
        .containsExactlyInAnyOrder(KeepReason.CHOSEN, KeepReason.SLOW);
    assertThat(store.newestFirst().get(0).isRoutine()).isFalse();
  }

  @Test
  void spansAreBoundedInAll() {
    keep(1, KeepReason.FAILED);
    keep(2, KeepReason.FAILED);
    store.add(report(1, 1, 8));
    store.add(report(2, 100, 8));

    assertThat(ids()).containsExactly(2L);
  }

  @Test
  void aSpanThatIsToldTwiceIsOne() {
    keep(1, KeepReason.FAILED);
    store.add(report(1, 1, 6));
    store.add(report(1, 1, 6));
    keep(2, KeepReason.FAILED);
    store.add(report(2, 100, 4));

    assertThat(store.newestFirst()).extracting(trace -> trace.spans().size()).containsExactly(4, 6);
  }

  @Test
  void spansOfATraceThatIsNotKeptAreLeftOut() {
    store.add(report(1, 1, 6));

    assertThat(store.size()).isZero();
  }

  @Test
  void oldTracesExpire() {
    keep(1, KeepReason.FAILED);

    store.expire(Duration.ofMillis(999).toNanos());
    assertThat(store.size()).isOne();
    store.expire(Duration.ofSeconds(1).toNanos());
    assertThat(store.size()).isZero();
  }

  private void keep(long id, KeepReason reason) {
    store.keep(new Kept(new TraceId(0, id), reason, "r"), 0);
  }

  private List<Long> ids() {
    return store.newestFirst().stream().map(trace -> trace.id().low()).toList();
  }

  private static SpanReport report(long trace, long firstId, int count) {
    List<Span> spans = new ArrayList<>();
    for (long id = firstId; id < firstId + count; id++) {
      spans.add(
          new Span(new TraceId(0, trace), id, 0, SpanKind.ACTION, 0, 0, SpanEnd.OK, 0, "a", "", 0));
    }
    return new SpanReport("UserService-1", 1, spans);
  }
}

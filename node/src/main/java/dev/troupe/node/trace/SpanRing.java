package dev.troupe.node.trace;

import dev.troupe.protocol.trace.Span;
import dev.troupe.protocol.trace.SpanEnd;
import dev.troupe.protocol.trace.SpanKind;
import dev.troupe.protocol.trace.SpanReport;
import dev.troupe.protocol.trace.TraceId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The newest spans of a node, in an array of numbers: a span takes 64 bytes, and nothing is
 * allocated for it. A new span replaces the oldest. Thread-safe, without locks.
 */
final class SpanRing {
  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

  // The words of a span. The first says which span the others are of; it is 0 if they are of none,
  // and BUSY while somebody writes them.
  private static final int WORDS = 8;
  private static final int TRACE_HIGH = 1;
  private static final int TRACE_LOW = 2;
  private static final int ID = 3;
  private static final int PARENT = 4;
  private static final int START_NANOS = 5;
  private static final int DURATION_AND_GENERATION = 6;
  private static final int DETAILS = 7;
  private static final long BUSY = -1;

  // What is beside another number in one word.
  private static final int GENERATION_BITS = 24;
  private static final long MAX_GENERATION = (1L << GENERATION_BITS) - 1;
  private static final long MAX_DURATION_MICROS = (1L << (63 - GENERATION_BITS)) - 1;
  private static final int KIND_AT = 60;
  private static final int END_AT = 56;
  private static final int STATUS_AT = 40;
  private static final int MASK_4 = 0xf;
  private static final int MASK_16 = 0xffff;

  private static final SpanKind[] KINDS = SpanKind.values();
  private static final SpanEnd[] ENDS = SpanEnd.values();

  private final long[] words;
  private final int mask;
  private final AtomicLong last = new AtomicLong();
  private final SpanNames names = new SpanNames();

  /**
   * @param capacity in spans; rounded up to a power of two
   */
  SpanRing(int capacity) {
    int size = Integer.highestOneBit(Math.max(1, capacity - 1)) << 1;
    this.words = new long[size * WORDS];
    this.mask = size - 1;
  }

  /**
   * Adds a span; see {@link Span} for what its parts mean. If another thread is so slow that it
   * still writes the span that this one replaces, this one is not added.
   *
   * @param startNanos the time of {@link System#nanoTime} at which it began
   * @param endNanos the time at which it ended
   */
  @SuppressWarnings("EnumOrdinal") // the codes do not leave this process
  void add(
      SpanKind kind,
      long traceHigh,
      long traceLow,
      long id,
      long parent,
      long startNanos,
      long endNanos,
      SpanEnd end,
      int status,
      String name,
      String peer,
      int peerGeneration) {
    long details =
        ((long) kind.ordinal() << KIND_AT)
            | ((long) end.ordinal() << END_AT)
            | ((long) (status & MASK_16) << STATUS_AT)
            | ((long) names.code(peer) << 16)
            | names.code(name);
    long micros = Math.max(0, TimeUnit.NANOSECONDS.toMicros(endNanos - startNanos));
    long number = last.incrementAndGet();
    int at = (int) (number & mask) * WORDS;
    long before = (long) WORD.getVolatile(words, at);
    if (before == BUSY || !WORD.compareAndSet(words, at, before, BUSY)) {
      return;
    }
    WORD.setOpaque(words, at + TRACE_HIGH, traceHigh);
    WORD.setOpaque(words, at + TRACE_LOW, traceLow);
    WORD.setOpaque(words, at + ID, id);
    WORD.setOpaque(words, at + PARENT, parent);
    WORD.setOpaque(words, at + START_NANOS, startNanos);
    WORD.setOpaque(
        words,
        at + DURATION_AND_GENERATION,
        Math.min(micros, MAX_DURATION_MICROS) << GENERATION_BITS
            | Math.min(Math.max(0, peerGeneration), MAX_GENERATION));
    WORD.setOpaque(words, at + DETAILS, details);
    WORD.setRelease(words, at, number);
  }

  /**
   * The newest {@link SpanReport#MOST} spans of {@code traces}, the oldest of them first.
   *
   * @param nowNanos the time of {@link System#nanoTime}
   * @param nowMicros the same time in microseconds since the epoch
   */
  List<Span> find(Set<TraceId> traces, long nowNanos, long nowMicros) {
    Deque<Span> found = new ArrayDeque<>();
    long newest = last.get();
    for (long number = newest; number > 0 && number > newest - mask - 1; number--) {
      int at = (int) (number & mask) * WORDS;
      if ((long) WORD.getAcquire(words, at) != number) {
        continue;
      }
      long high = word(at + TRACE_HIGH);
      long low = word(at + TRACE_LOW);
      if ((high == 0 && low == 0) || !traces.contains(new TraceId(high, low))) {
        continue;
      }
      long id = word(at + ID);
      long parent = word(at + PARENT);
      long startNanos = word(at + START_NANOS);
      long duration = word(at + DURATION_AND_GENERATION);
      long details = word(at + DETAILS);
      VarHandle.acquireFence();
      // Not if it was replaced meanwhile.
      if (id != 0 && (long) WORD.getOpaque(words, at) == number) {
        found.addFirst(
            span(
                new TraceId(high, low),
                id,
                parent,
                nowMicros - TimeUnit.NANOSECONDS.toMicros(nowNanos - startNanos),
                duration,
                details));
        if (found.size() == SpanReport.MOST) {
          break;
        }
      }
    }
    return List.copyOf(found);
  }

  private long word(int at) {
    return (long) WORD.getOpaque(words, at);
  }

  private Span span(
      TraceId trace, long id, long parent, long startMicros, long duration, long details) {
    return new Span(
        trace,
        id,
        parent,
        KINDS[(int) (details >>> KIND_AT) & MASK_4],
        startMicros,
        duration >>> GENERATION_BITS,
        ENDS[(int) (details >>> END_AT) & MASK_4],
        (int) (details >>> STATUS_AT) & MASK_16,
        names.name((int) details & MASK_16),
        names.name((int) (details >>> 16) & MASK_16),
        (int) (duration & MAX_GENERATION));
  }
}

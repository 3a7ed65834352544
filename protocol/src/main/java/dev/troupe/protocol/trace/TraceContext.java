package dev.troupe.protocol.trace;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The place of a piece of work in a trace, as in W3C Trace Context.
 *
 * @param traceHigh the first half of the id of the trace
 * @param traceLow the second half; not both halves are 0
 * @param spanId of the work that asks for what is done next; never 0
 * @param sampled whether the client asked for the trace to be recorded
 * @param kept whether it is decided already that the trace is kept
 * @param state what tracing systems of clients add ({@code tracestate}), well-formed; null if none
 */
public record TraceContext(
    long traceHigh,
    long traceLow,
    long spanId,
    boolean sampled,
    boolean kept,
    @Nullable String state) {
  private static final int SAMPLED = 1;
  private static final int PARENT_LENGTH = 55;
  private static final int TRACE_ID = 3;
  private static final int SPAN_ID = 36;
  private static final int FLAGS = 53;

  public TraceContext {
    if ((traceHigh == 0 && traceLow == 0) || spanId == 0) {
      throw new IllegalArgumentException(
          "an id of a trace or span is 0 (expected: another number)");
    }
  }

  /** The beginning of a trace that no client has begun. */
  public static TraceContext begin() {
    return new TraceContext(randomId(), randomId(), randomId(), false, false, null);
  }

  /**
   * The trace that a client has begun.
   *
   * @param parent the header {@code traceparent}
   * @param state the header {@code tracestate}; several headers as one, separated by commas
   * @return null if {@code parent} is no legal value, since W3C asks for a new trace then
   */
  public static @Nullable TraceContext parse(@Nullable String parent, @Nullable String state) {
    if (parent == null || !isWellFormed(parent)) {
      return null;
    }
    int version = Hex.parseByte(parent, 0);
    int flags = Hex.parseByte(parent, FLAGS);
    if (version < 0 || version == 0xff || flags < 0 || !Hex.isHex(parent, TRACE_ID, 32)) {
      return null;
    }
    if ((version == 0 && parent.length() != PARENT_LENGTH) || !Hex.isHex(parent, SPAN_ID, 16)) {
      return null;
    }
    long high = Hex.parseLong(parent, TRACE_ID);
    long low = Hex.parseLong(parent, TRACE_ID + 16);
    long span = Hex.parseLong(parent, SPAN_ID);
    if ((high == 0 && low == 0) || span == 0) {
      return null;
    }
    String legalState = state == null ? null : TraceState.legal(state);
    return new TraceContext(high, low, span, (flags & SAMPLED) != 0, false, legalState);
  }

  // A later version may append fields after another hyphen.
  private static boolean isWellFormed(String parent) {
    return parent.length() >= PARENT_LENGTH
        && parent.charAt(2) == '-'
        && parent.charAt(35) == '-'
        && parent.charAt(52) == '-'
        && (parent.length() == PARENT_LENGTH || parent.charAt(PARENT_LENGTH) == '-');
  }

  /** A number that is not 0, for a span. */
  public static long randomId() {
    long id = ThreadLocalRandom.current().nextLong();
    return id == 0 ? 1 : id;
  }

  /** The same trace, for what the span {@code id} asks for. */
  public TraceContext at(long id) {
    return new TraceContext(traceHigh, traceLow, id, sampled, kept, state);
  }

  /** The same trace, which is kept. */
  public TraceContext keep() {
    return kept ? this : new TraceContext(traceHigh, traceLow, spanId, sampled, true, state);
  }

  /** The id of the trace: 32 hexadecimal digits. */
  public String traceId() {
    return Hex.text(traceHigh, traceLow);
  }

  /** The header {@code traceparent} for a request that is sent on. */
  public String traceparent() {
    return "00-" + traceId() + "-" + Hex.text(spanId) + (sampled || kept ? "-01" : "-00");
  }
}

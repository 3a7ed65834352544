package dev.troupe.protocol.trace;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final String VERSION = "00";
  private static final String INVALID_VERSION = "ff";
  // Digits are in lower case. A later version may append fields after another hyphen.
  private static final Pattern PARENT =
      Pattern.compile(
          "([0-9a-f]{2})-([0-9a-f]{16})([0-9a-f]{16})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?",
          Pattern.DOTALL);

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
    Matcher parts = parent == null ? null : PARENT.matcher(parent);
    if (parts == null || !parts.matches()) {
      return null;
    }
    String version = parts.group(1);
    if (version.equals(INVALID_VERSION) || (version.equals(VERSION) && parts.group(6) != null)) {
      return null;
    }
    long high = HexFormat.fromHexDigitsToLong(parts.group(2));
    long low = HexFormat.fromHexDigitsToLong(parts.group(3));
    long span = HexFormat.fromHexDigitsToLong(parts.group(4));
    if ((high == 0 && low == 0) || span == 0) {
      return null;
    }
    boolean sampled = (HexFormat.fromHexDigits(parts.group(5)) & SAMPLED) != 0;
    return new TraceContext(
        high, low, span, sampled, false, state == null ? null : TraceState.legal(state));
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

  /** What identifies the trace in this and in all other nodes. */
  public TraceId id() {
    return new TraceId(traceHigh, traceLow);
  }

  /** The id of the trace: 32 hexadecimal digits. */
  public String traceId() {
    return digits(traceHigh) + digits(traceLow);
  }

  /** The header {@code traceparent} for a request that is sent on. */
  public String traceparent() {
    String flags = sampled || kept ? "01" : "00";
    return String.join("-", VERSION, traceId(), digits(spanId), flags);
  }

  private static String digits(long number) {
    return HexFormat.of().toHexDigits(number);
  }
}

package dev.troupe.protocol.trace;

import dev.troupe.protocol.WireMessage;
import java.util.List;
import java.util.Objects;

/**
 * A node asks the seed node to keep traces.
 *
 * @param traces {@value #MOST} at most
 */
public record KeepTraces(List<Kept> traces) implements WireMessage {
  /** The most traces of one message. */
  public static final int MOST = 100;

  private static final int LONGEST_REQUEST_ID = 200;

  public KeepTraces {
    traces = List.copyOf(traces);
    if (traces.size() > MOST) {
      throw new IllegalArgumentException(
          "%d traces to keep (expected: %d at most)".formatted(traces.size(), MOST));
    }
  }

  /**
   * A trace and why it is kept.
   *
   * @param requestId what clients and logs know the request by; cut to 200 characters
   */
  public record Kept(TraceId trace, KeepReason reason, String requestId) {
    public Kept {
      Objects.requireNonNull(trace, "trace");
      Objects.requireNonNull(reason, "reason");
      requestId =
          requestId.length() <= LONGEST_REQUEST_ID
              ? requestId
              : requestId.substring(0, LONGEST_REQUEST_ID);
    }
  }
}

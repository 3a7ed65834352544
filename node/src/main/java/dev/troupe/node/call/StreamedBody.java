package dev.troupe.node.call;

import dev.troupe.protocol.call.BodyStream;
import java.time.Duration;

/** The body of a call that passes in chunks while it arrives. Thread-safe. */
public interface StreamedBody {
  BodyStream stream();

  /** How long the whole body may take. */
  Duration timeout();

  /** Whether an instance has begun to read the body, so that no other one can. */
  boolean isTaken();

  /**
   * Whether all of the body was sent before a time.
   *
   * @param nanos the time on the clock of {@link System#nanoTime}
   */
  boolean isSentBefore(long nanos);
}

package dev.troupe.node.call;

import dev.troupe.protocol.call.Deadline;
import java.time.Duration;

/**
 * How long one call may take, by the monotonic clock of the router: the one place where deadlines
 * of a call are computed.
 *
 * @param end when all of it has to be over
 * @param timeout how long an instance may take
 * @param room how long the call may wait for an instance
 */
record CallTimes(Deadline end, Duration timeout, Duration room) {
  /** The times of a call that begins now; its caller may stop waiting earlier. */
  static CallTimes of(OutboundCall call, Duration timeout, Duration room, long nowNanos) {
    Deadline longest = Deadline.after(timeout.plus(room), nowNanos);
    return new CallTimes(longest.orEarlier(call.deadline()), timeout, room);
  }

  /** Until when an instance that is given the call now may answer. */
  Deadline ofInstance(long nowNanos) {
    return Deadline.after(timeout, nowNanos).orEarlier(end);
  }

  /** Until when the call may wait for an instance from now on. */
  Deadline ofWait(long nowNanos) {
    return Deadline.after(room, nowNanos).orEarlier(end);
  }
}

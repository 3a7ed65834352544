package dev.troupe.node.call;

import dev.troupe.protocol.call.BodyPart;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.LargeBody;
import dev.troupe.protocol.call.PartRequest;
import dev.troupe.protocol.json.JsonBytes;
import java.util.Arrays;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Owns a large body and sends the parts that are asked for. Stops when the receiver wants no more
 * parts, or when the deadline of the call has passed.
 */
public final class BodySource {
  private BodySource() {}

  /**
   * @param ended runs once, when this actor stops and drops the body, on the thread of this actor
   */
  public static Behavior<PartRequest> create(JsonBytes body, Deadline deadline, Runnable ended) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  // The deadline acts like a receiver that wants no more parts.
                  timers.startSingleTimer(
                      PartRequest.nothingMore(context.getSystem().ignoreRef()), deadline.left());
                  return holding(body, ended);
                }));
  }

  private static Behavior<PartRequest> holding(JsonBytes body, Runnable ended) {
    return Behaviors.receive(PartRequest.class)
        .onMessage(PartRequest.class, wanted -> sendPart(body, wanted))
        .onSignal(
            PostStop.class,
            stopped -> {
              ended.run();
              return Behaviors.same();
            })
        .build();
  }

  private static Behavior<PartRequest> sendPart(JsonBytes body, PartRequest wanted) {
    int length = Math.min(Math.min(wanted.length(), LargeBody.PART), body.size() - wanted.offset());
    if (length <= 0) {
      return Behaviors.stopped();
    }
    byte[] part = Arrays.copyOfRange(body.bytes(), wanted.offset(), wanted.offset() + length);
    wanted.replyTo().tell(new BodyPart(wanted.offset(), JsonBytes.of(part)));
    return Behaviors.same();
  }
}

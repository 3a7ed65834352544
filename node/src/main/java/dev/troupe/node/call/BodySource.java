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
 * Owns a large body that is sent in parts: until all of it was asked for, nobody wants it any more,
 * or its caller has stopped waiting.
 */
public final class BodySource {
  private BodySource() {}

  /**
   * @param ended runs once when the body is held no longer, on the thread of this actor
   */
  public static Behavior<PartRequest> create(JsonBytes body, Deadline deadline, Runnable ended) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  // When its caller waits no longer, nothing more is wanted.
                  timers.startSingleTimer(
                      PartRequest.nothingMore(context.getSystem().ignoreRef()), deadline.left());
                  return holding(body, ended);
                }));
  }

  private static Behavior<PartRequest> holding(JsonBytes body, Runnable ended) {
    return Behaviors.receive(PartRequest.class)
        .onMessage(PartRequest.class, wanted -> give(body, wanted))
        .onSignal(
            PostStop.class,
            stopped -> {
              ended.run();
              return Behaviors.same();
            })
        .build();
  }

  private static Behavior<PartRequest> give(JsonBytes body, PartRequest wanted) {
    int length = Math.min(Math.min(wanted.length(), LargeBody.PART), body.size() - wanted.offset());
    if (length <= 0) {
      return Behaviors.stopped();
    }
    byte[] part = Arrays.copyOfRange(body.bytes(), wanted.offset(), wanted.offset() + length);
    wanted.replyTo().tell(new BodyPart(wanted.offset(), JsonBytes.of(part)));
    return Behaviors.same();
  }
}

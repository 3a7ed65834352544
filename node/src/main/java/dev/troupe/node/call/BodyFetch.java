package dev.troupe.node.call;

import dev.troupe.protocol.call.BodyPart;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.LargeBody;
import dev.troupe.protocol.call.PartRequest;
import dev.troupe.protocol.json.JsonBytes;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Owns the parts of a large body that have arrived, and asks for one part after the other, so that
 * the parts do not hold up other messages between the two nodes.
 */
public final class BodyFetch extends AbstractBehavior<Object> {
  private enum TimeOver {
    INSTANCE
  }

  private final byte[] body;
  private final ActorRef<PartRequest> source;
  private final ActorRef<BodyPart> self;
  private final Consumer<JsonBytes> done;
  private final Runnable failed;
  private int arrived;

  private BodyFetch(
      ActorContext<Object> context,
      int size,
      ActorRef<PartRequest> source,
      Consumer<JsonBytes> done,
      Runnable failed) {
    super(context);
    this.body = new byte[size];
    this.source = source;
    this.self = context.getSelf().narrow();
    this.done = done;
    this.failed = failed;
    context.watch(source);
    askForNext();
  }

  /**
   * Runs exactly one of {@code done} and {@code failed}, on the thread of this actor.
   *
   * @param size of the body in bytes, from 1; the caller has checked it against a limit
   * @param deadline until when the body is wanted
   * @param failed runs if the body has not arrived by the deadline, or its source has stopped
   */
  public static Behavior<Object> create(
      int size,
      ActorRef<PartRequest> source,
      Deadline deadline,
      Consumer<JsonBytes> done,
      Runnable failed) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startSingleTimer(TimeOver.INSTANCE, deadline.left());
                  return new BodyFetch(context, size, source, done, failed);
                }));
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessage(BodyPart.class, this::onPart)
        .onMessageEquals(TimeOver.INSTANCE, Behaviors::stopped)
        .onSignal(Terminated.class, gone -> Behaviors.stopped())
        .onSignal(PostStop.class, stopped -> onStop())
        .build();
  }

  private Behavior<Object> onPart(BodyPart part) {
    int size = part.bytes().size();
    // Ignores a part that was not asked for.
    if (part.offset() != arrived || size == 0 || size > body.length - arrived) {
      return this;
    }
    System.arraycopy(part.bytes().bytes(), 0, body, arrived, size);
    arrived += size;
    if (arrived < body.length) {
      askForNext();
      return this;
    }
    return Behaviors.stopped();
  }

  private void askForNext() {
    int length = Math.min(LargeBody.PART, body.length - arrived);
    source.tell(new PartRequest(arrived, length, self));
  }

  private Behavior<Object> onStop() {
    source.tell(PartRequest.nothingMore(self));
    if (arrived == body.length) {
      done.accept(JsonBytes.of(body));
    } else {
      failed.run();
    }
    return this;
  }
}

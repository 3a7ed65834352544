package dev.troupe.node.call;

import dev.troupe.node.budget.ByteBudget;
import dev.troupe.protocol.call.LargeBody;
import dev.troupe.protocol.call.LargeReply;
import dev.troupe.protocol.call.LargeRequest;
import dev.troupe.protocol.call.PartRequest;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * What the router does with bodies that are too large for one message: it has those of requests
 * given in parts, and those of replies fetched, within a bound for all of them. Confined to the
 * router.
 */
final class LargeBodies {
  private static final Duration WAIT_FOR_ROOM = Duration.ofSeconds(1);

  private final ActorContext<RouterActor.Command> context;
  private final ByteBudget replies;

  /** A reply of which only the head is there. */
  final class Offer {
    private final LargeReply reply;
    private final ByteBudget.Claim claim;

    private Offer(LargeReply reply) {
      this.reply = reply;
      ActorRef<RouterActor.Command> router = context.getSelf();
      this.claim =
          replies.claim(
              () -> router.tell(new RouterActor.RoomDecided(this, true)),
              () -> router.tell(new RouterActor.RoomDecided(this, false)));
    }

    long correlationId() {
      return reply.head().correlationId();
    }

    /** Nobody waits for the reply any more. */
    void drop() {
      claim.release();
      refuse(reply);
    }

    /** What the caller is told when there is no room for the reply. */
    ServiceReply noRoom(PendingCall pending) {
      return ErrorReplies.noRoomForReply(pending, reply, replies.limit());
    }

    /**
     * Has it fetched.
     *
     * @param fetched is given the whole reply, if it arrives in time
     */
    void fetch(PendingCall pending, Consumer<ServiceReply> fetched) {
      context.spawnAnonymous(
          BodyFetch.create(
              reply.size(),
              reply.source(),
              pending.deadline(),
              body -> {
                claim.release();
                fetched.accept(reply.head().withData(body));
              },
              claim::release),
          DispatcherSelector.sameAsParent());
    }
  }

  /**
   * @param replies that are fetched at a time
   */
  LargeBodies(ActorContext<RouterActor.Command> context, ByteBudget replies) {
    this.context = context;
    this.replies = replies;
  }

  /** Sends a request, in parts if need be. */
  void send(PendingCall pending, InstanceHandle target, ServiceRequest request) {
    if (request.data().size() <= LargeBody.LARGEST_AT_ONCE) {
      target.endpoint().tell(request);
      return;
    }
    ActorRef<PartRequest> source =
        context.spawnAnonymous(
            BodySource.create(request.data(), request.deadline(), () -> {}),
            DispatcherSelector.sameAsParent());
    pending.isSentFrom(source, context.getSystem().ignoreRef());
    target
        .endpoint()
        .<Object>unsafeUpcast()
        .tell(new LargeRequest(request.withData(JsonBytes.EMPTY), request.data().size(), source));
  }

  /**
   * Claims room for a reply.
   *
   * @return null when it has to wait: the router is told with {@link RouterActor.RoomDecided}
   */
  @Nullable Offer claim(LargeReply reply, long nowNanos) {
    Offer offer = new Offer(reply);
    return offer.claim.take(reply.size(), WAIT_FOR_ROOM, nowNanos) ? offer : null;
  }

  /** A reply is not taken. */
  void refuse(LargeReply reply) {
    reply.source().tell(PartRequest.nothingMore(context.getSystem().ignoreRef()));
  }

  /** Replies that have waited too long for room get none. */
  void expire(long nowNanos) {
    replies.expire(nowNanos);
  }

  boolean isAnyoneWaiting() {
    return replies.isAnyoneWaiting();
  }
}

package dev.troupe.node.call;

import dev.troupe.node.budget.ByteBudget;
import dev.troupe.node.program.ProxiedRequest;
import dev.troupe.protocol.call.LargeBody;
import dev.troupe.protocol.call.LargeReply;
import dev.troupe.protocol.call.LargeRequest;
import dev.troupe.protocol.call.PartRequest;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of the router, and fetches the bodies of replies that come without them. For
 * each body that is too large for one message, an actor transfers the parts. The bodies of replies
 * that are fetched at the same time share one limit. Confined to the router.
 */
final class LargeBodies implements RequestSender {
  private static final Duration WAIT_FOR_ROOM = Duration.ofSeconds(1);

  private final ActorContext<RouterActor.Command> context;
  private final ByteBudget replies;

  /** A reply whose body is still at the instance, and the room for this body. */
  final class BodilessReply {
    private final LargeReply reply;
    private final ByteBudget.Claim room;

    private BodilessReply(LargeReply reply) {
      this.reply = reply;
      ActorRef<RouterActor.Command> router = context.getSelf();
      this.room =
          replies.claim(
              () -> router.tell(new RouterActor.RoomDecided(this, true)),
              () -> router.tell(new RouterActor.RoomDecided(this, false)));
    }

    long correlationId() {
      return reply.head().correlationId();
    }

    /** Gives the room back, and tells the instance that its body is not wanted. */
    void discard() {
      room.release();
      LargeBodies.this.discard(reply);
    }

    /** What the caller is told when there is no room for the body. */
    ServiceReply noRoom(PendingCall call) {
      return ErrorReplies.noRoomForReply(call, reply, replies.limit());
    }

    /**
     * Fetches the body; the router is told the whole reply, if it is here by {@code call}'s
     * deadline.
     */
    void fetch(PendingCall call) {
      ActorRef<RouterActor.Command> router = context.getSelf();
      context.spawnAnonymous(
          BodyFetch.create(
              reply.size(),
              reply.source(),
              call.deadline(),
              body -> {
                room.release();
                router.tell(new RouterActor.Replied(reply.head().withData(body)));
              },
              room::release),
          DispatcherSelector.sameAsParent());
    }
  }

  /**
   * @param replies the limit of the bodies that are fetched at the same time
   */
  LargeBodies(ActorContext<RouterActor.Command> context, ByteBudget replies) {
    this.context = context;
    this.replies = replies;
  }

  @Override
  public @Nullable Runnable send(
      ServiceRequest request, InstanceHandle instance, @Nullable ProxiedRequest proxied) {
    if (request.data().size() <= LargeBody.LARGEST_AT_ONCE) {
      instance.endpoint().tell(request);
      return null;
    }
    ActorRef<PartRequest> source =
        context.spawnAnonymous(
            BodySource.create(request.data(), request.deadline(), () -> {}),
            DispatcherSelector.sameAsParent());
    instance
        .endpoint()
        .<Object>unsafeUpcast()
        .tell(new LargeRequest(request.withData(JsonBytes.EMPTY), request.data().size(), source));
    return () -> source.tell(nothingMore());
  }

  /**
   * Claims room for the body of a reply.
   *
   * @return null when the reply has to wait; then the router gets {@link RouterActor.RoomDecided}
   */
  @Nullable BodilessReply claimRoom(LargeReply reply, long nowNanos) {
    BodilessReply bodiless = new BodilessReply(reply);
    return bodiless.room.take(reply.size(), WAIT_FOR_ROOM, nowNanos) ? bodiless : null;
  }

  /** Tells the instance that the body of its reply is not wanted. */
  void discard(LargeReply reply) {
    reply.source().tell(nothingMore());
  }

  /** Refuses room to the replies that have waited too long for it. */
  void expire(long nowNanos) {
    replies.expire(nowNanos);
  }

  boolean isAnyoneWaiting() {
    return replies.isAnyoneWaiting();
  }

  private PartRequest nothingMore() {
    return PartRequest.nothingMore(context.getSystem().ignoreRef());
  }
}

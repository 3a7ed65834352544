package dev.troupe.service.notification;

import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.Storage;
import dev.troupe.service.notification.channel.Recipients;
import dev.troupe.service.queue.QueueMonitor;
import dev.troupe.service.queue.WorkQueue;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The actors that deliver, one for each channel. */
final class DeliveryActors {
  private static final Logger log = LoggerFactory.getLogger(DeliveryActors.class);

  private final Map<String, ActorRef<DeliveryActor.Command>> byChannel;

  private DeliveryActors(Map<String, ActorRef<DeliveryActor.Command>> byChannel) {
    this.byChannel = Map.copyOf(byChannel);
  }

  static DeliveryActors start(
      ServiceContext context, Storage storage, NotificationSettings settings) {
    // Written first, so that each channel finds the notifications that are reassigned to it.
    renewRoutes(storage, settings);
    context.spawn(RetentionActor.create(storage, settings.retention()), "retention");
    QueueMonitor queues = QueueMonitor.of(context.system());
    for (String channel : settings.channels().keySet()) {
      queues.add(
          new WorkQueue(
              WorkQueue.Kind.DELIVERY, channel, sql -> DeliveryQueue.length(sql, channel)));
    }
    Recipients recipients = new UserAddresses(context);
    Map<String, ActorRef<DeliveryActor.Command>> byChannel = new HashMap<>();
    settings
        .channels()
        .forEach(
            (name, channel) ->
                byChannel.put(
                    name,
                    context.spawn(
                        DeliveryActor.create(
                            storage,
                            context.slot(),
                            name,
                            channel.open(recipients),
                            settings.policy()),
                        "delivery-" + name)));
    return new DeliveryActors(byChannel);
  }

  private static void renewRoutes(Storage storage, NotificationSettings settings) {
    storage
        .write(sql -> ChannelReassignment.renew(sql, settings))
        .whenComplete(
            (moved, failure) -> {
              if (failure != null) {
                log.warn(
                    "what was queued for the channels of before stays there: {}",
                    failure.toString());
              } else if (moved > 0) {
                log.info("{} queued notifications go to another channel than before", moved);
              }
            });
  }

  /** A notification is due on {@code channel}. */
  void wake(String channel) {
    Objects.requireNonNull(byChannel.get(channel), channel).tell(DeliveryActor.Wake.INSTANCE);
  }
}

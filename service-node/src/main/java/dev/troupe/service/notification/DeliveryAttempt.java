package dev.troupe.service.notification;

import dev.troupe.protocol.call.Deadline;
import dev.troupe.service.notification.channel.Channel;
import dev.troupe.service.notification.channel.Delivery;
import dev.troupe.service.notification.channel.Result;
import java.util.ArrayList;
import java.util.List;

/** What came of one delivery. */
record DeliveryAttempt(Delivery delivery, Result result) {
  /**
   * Tries each of {@code deliveries} in a row. Blocks.
   *
   * @param until when nothing more is begun
   */
  static List<DeliveryAttempt> each(Channel channel, List<Delivery> deliveries, Deadline until) {
    List<DeliveryAttempt> attempts = new ArrayList<>(deliveries.size());
    try (Channel.Courier courier = channel.open()) {
      for (Delivery delivery : deliveries) {
        attempts.add(
            new DeliveryAttempt(
                delivery, until.hasPassed() ? Result.Untried.INSTANCE : tried(courier, delivery)));
      }
    }
    return attempts;
  }

  // A defect of a channel must not keep others from being delivered.
  private static Result tried(Channel.Courier courier, Delivery delivery) {
    try {
      return courier.deliver(delivery);
    } catch (RuntimeException e) {
      return new Result.Failed(e.toString());
    }
  }
}

package dev.troupe.service.notification;

import dev.troupe.protocol.call.Deadline;
import dev.troupe.service.notification.channel.Channel;
import dev.troupe.service.notification.channel.OutgoingNotification;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Owns the threads of one channel, one for each session that it may have open. No other channel
 * uses them, so that a server that does not answer delays its own channel only.
 */
final class DeliveryThreads implements AutoCloseable {
  private static final int IDLE_SECONDS = 10;

  private final Channel channel;
  private final DeliverySpans spans;
  private final ExecutorService executor;

  DeliveryThreads(String name, Channel channel, DeliverySpans spans) {
    this.channel = channel;
    this.spans = spans;
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            channel.parallel(),
            channel.parallel(),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "delivery-" + name);
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    this.executor = pool;
  }

  /** Attempts all of {@code deliveries}; no attempt begins after {@code until}. */
  CompletionStage<List<DeliveryAttempt>> attempt(
      List<OutgoingNotification> deliveries, Deadline until) {
    CompletableFuture<List<DeliveryAttempt>> all = CompletableFuture.completedFuture(List.of());
    int share = (deliveries.size() + channel.parallel() - 1) / channel.parallel();
    for (int from = 0; from < deliveries.size(); from += share) {
      List<OutgoingNotification> row =
          deliveries.subList(from, Math.min(from + share, deliveries.size()));
      all =
          all.thenCombine(
              CompletableFuture.supplyAsync(
                  () -> DeliveryAttempt.each(channel, row, until, spans), executor),
              DeliveryThreads::joined);
    }
    return all;
  }

  private static List<DeliveryAttempt> joined(
      List<DeliveryAttempt> first, List<DeliveryAttempt> second) {
    List<DeliveryAttempt> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}

package dev.troupe.it;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A client that sends one request after the other while a test does something, and keeps what
 * failed.
 */
final class Traffic implements AutoCloseable {
  private static final long PAUSE_MILLIS = 20;
  private static final long LAST_ANSWER_SECONDS = 60;

  private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answered = new AtomicInteger();

  private Traffic(Supplier<Answer> request) {
    var unused =
        sender.scheduleWithFixedDelay(() -> send(request), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  static Traffic of(Supplier<Answer> request) {
    return new Traffic(request);
  }

  /** How many requests have succeeded so far. */
  int answered() {
    return answered.get();
  }

  /** Ends it, with the answer to the last request, and tells what was no success. */
  List<String> failures() {
    close();
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    sender.shutdown();
    try {
      if (!sender.awaitTermination(LAST_ANSWER_SECONDS, TimeUnit.SECONDS)) {
        failures.add("no answer within " + LAST_ANSWER_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(Supplier<Answer> request) {
    try {
      Answer answer = request.get();
      if (answer.status() / 100 == 2) {
        answered.incrementAndGet();
      } else {
        failures.add(answer.status() + ": " + answer.text());
      }
    } catch (AssertionError none) {
      failures.add(none.getMessage() + ": " + none.getCause());
    }
  }
}

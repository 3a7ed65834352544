package dev.troupe.bench;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sends requests and keeps the result of each. */
final class Load {
  private static final long FIRST_RETRY_MILLIS = 200;
  private static final long LATER_RETRY_MILLIS = 3_000;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();
  private final AtomicLong sent = new AtomicLong();
  private final Requests requests;
  private final Duration retryFor;
  private final long begun = System.nanoTime();
  private final Instant begunAt = Instant.now();

  /** A load that sends each request once. */
  Load(Requests requests) {
    this(requests, Duration.ZERO);
  }

  /**
   * @param retryFor how long a write without a success is sent again
   */
  Load(Requests requests, Duration retryFor) {
    this.requests = requests;
    this.retryFor = retryFor;
  }

  /** When the load began. */
  Instant begunAt() {
    return begunAt;
  }

  /** Milliseconds since the load began. */
  long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
  }

  /** Number of requests sent so far, without repetitions. */
  long sent() {
    return sent.get();
  }

  /** Sends {@code count} requests, see {@link #atConstantRate(int, BooleanSupplier, long)}. */
  List<Sample> atConstantRate(int perSecond, long count) {
    return atConstantRate(perSecond, () -> false, count);
  }

  /**
   * Sends at a constant rate without waiting for answers, and returns when all have come.
   *
   * @param perSecond 1 to 1000
   * @param most requests, after which the load ends in any case
   */
  List<Sample> atConstantRate(int perSecond, BooleanSupplier stop, long most) {
    long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    List<CompletableFuture<Void>> answers = new ArrayList<>();
    while (answers.size() < most && !stop.getAsBoolean()) {
      long due = begun + answers.size() * interval;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      answers.add(send(sent.getAndIncrement(), due));
    }
    answers.forEach(CompletableFuture::join);
    return List.copyOf(samples);
  }

  /**
   * Sends on {@code connections} at a time, each after the answer to the one before.
   *
   * @param most requests, after which the load ends in any case
   */
  List<Sample> closed(int connections, BooleanSupplier stop, long most) {
    List<Thread> senders =
        IntStream.range(0, connections)
            .mapToObj(connection -> new Thread(() -> sendUntilStopped(stop, most), "sender"))
            .toList();
    senders.forEach(
        sender -> {
          sender.setDaemon(true);
          sender.start();
        });
    for (Thread sender : senders) {
      try {
        sender.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    return List.copyOf(samples);
  }

  private void sendUntilStopped(BooleanSupplier stop, long most) {
    while (!stop.getAsBoolean()) {
      long index = sent.get();
      if (index >= most) {
        return;
      }
      if (sent.compareAndSet(index, index + 1)) {
        send(index, System.nanoTime()).join();
      }
    }
  }

  private CompletableFuture<Void> send(long index, long due) {
    return attempt(requests.next(index), due, due + retryFor.toNanos(), FIRST_RETRY_MILLIS);
  }

  private CompletableFuture<Void> attempt(
      Requests.Next next, long due, long lastRetry, long pauseMillis) {
    return client
        .sendAsync(next.request(), Load::reasonIfRefused)
        .handle((response, failure) -> keep(next, due, response, failure))
        .thenCompose(
            sample -> {
              if (!sample.isWorthARetry() || System.nanoTime() >= lastRetry) {
                return CompletableFuture.completedFuture(null);
              }
              long longer = Math.min(2 * pauseMillis, LATER_RETRY_MILLIS);
              return new CompletableFuture<Void>()
                  .completeOnTimeout(null, pauseMillis, TimeUnit.MILLISECONDS)
                  .thenCompose(waited -> attempt(next, System.nanoTime(), lastRetry, longer));
            });
  }

  // Keeps the body only of an answer that is no success.
  private static HttpResponse.BodySubscriber<String> reasonIfRefused(
      HttpResponse.ResponseInfo answer) {
    return answer.statusCode() / 100 == 2
        ? HttpResponse.BodySubscribers.replacing("")
        : HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
  }

  private Sample keep(
      Requests.Next next,
      long due,
      @Nullable HttpResponse<String> response,
      @Nullable Throwable failure) {
    Sample sample =
        new Sample(
            TimeUnit.NANOSECONDS.toMillis(due - begun),
            next.request().method(),
            next.request().uri().getPath(),
            next.name(),
            response == null ? 0 : response.statusCode(),
            (System.nanoTime() - due) / 1e6,
            failure != null ? failure.toString() : response == null ? "" : response.body());
    samples.add(sample);
    return sample;
  }
}

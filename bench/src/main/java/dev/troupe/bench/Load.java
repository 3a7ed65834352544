package dev.troupe.bench;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Sends requests and keeps what became of each. */
final class Load {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();
  private final Requests requests;
  private final long begun = System.nanoTime();

  Load(Requests requests) {
    this.requests = requests;
  }

  /** Milliseconds since the load began. */
  long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
  }

  /**
   * Sends at a constant rate, whether answers come or not, and returns when all have been answered.
   *
   * @param perSecond 1 to 1000
   */
  List<Sample> atConstantRate(int perSecond, long seconds) {
    long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    long count = perSecond * seconds;
    CompletableFuture<?>[] answers = new CompletableFuture<?>[Math.toIntExact(count)];
    for (int index = 0; index < count; index++) {
      long due = begun + index * interval;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      answers[index] = send(index, due).toCompletableFuture();
    }
    CompletableFuture.allOf(answers).join();
    return List.copyOf(samples);
  }

  /**
   * Keeps this many requests under way until told to stop.
   *
   * @param most ends it in any case
   */
  List<Sample> closed(int connections, BooleanSupplier stop, long most) {
    AtomicLong sent = new AtomicLong();
    CompletableFuture.allOf(
            IntStream.range(0, connections)
                .mapToObj(connection -> again(sent, stop, most))
                .toArray(CompletableFuture<?>[]::new))
        .join();
    return List.copyOf(samples);
  }

  private CompletableFuture<Void> again(AtomicLong sent, BooleanSupplier stop, long most) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread sender =
        new Thread(
            () -> {
              while (!stop.getAsBoolean()) {
                long index = sent.getAndIncrement();
                if (index >= most) {
                  break;
                }
                send(index, System.nanoTime()).toCompletableFuture().join();
              }
              done.complete(null);
            },
            "sender");
    sender.setDaemon(true);
    sender.start();
    return done;
  }

  private CompletionStage<Void> send(long index, long due) {
    Requests.Next next = requests.next(index);
    return client
        .sendAsync(next.request(), HttpResponse.BodyHandlers.ofByteArray())
        .handle(
            (response, failure) -> {
              samples.add(
                  new Sample(
                      TimeUnit.NANOSECONDS.toMillis(due - begun),
                      next.request().method(),
                      next.request().uri().getPath(),
                      next.name(),
                      response == null ? 0 : response.statusCode(),
                      (System.nanoTime() - due) / 1e6,
                      failure == null ? "" : failure.toString()));
              return null;
            });
  }
}

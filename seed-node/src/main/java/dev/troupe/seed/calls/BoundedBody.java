package dev.troupe.seed.calls;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Reads the beginning of a body: no more bytes than a limit, and for no longer than a time. */
final class BoundedBody implements BodySubscriber<BoundedBody.Read> {
  /**
   * @param whole whether the body has ended
   */
  record Read(ByteString bytes, boolean whole) {}

  private final int limit;
  private final Duration time;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<Read> read = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  BoundedBody(int limit, Duration time) {
    this.limit = limit;
    this.time = time;
  }

  @Override
  public CompletionStage<Read> getBody() {
    return read;
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
    CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
        .execute(this::cut);
  }

  @Override
  public synchronized void onNext(List<ByteBuffer> parts) {
    if (read.isDone() || subscription == null) {
      return;
    }
    for (ByteBuffer part : parts) {
      byte[] taken = new byte[Math.min(part.remaining(), limit - bytes.size())];
      part.get(taken);
      bytes.write(taken, 0, taken.length);
      if (part.hasRemaining()) {
        cut();
        return;
      }
    }
    subscription.request(1);
  }

  // Closes the connection, if the body has not ended.
  private synchronized void cut() {
    if (subscription != null
        && read.complete(new Read(ByteString.fromArray(bytes.toByteArray()), false))) {
      subscription.cancel();
    }
  }

  @Override
  public void onError(Throwable failure) {
    read.completeExceptionally(failure);
  }

  @Override
  public synchronized void onComplete() {
    read.complete(new Read(ByteString.fromArray(bytes.toByteArray()), true));
  }
}

package dev.troupe.node.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Lets through one line of Pekko's about a connection that cannot be accepted every ten seconds. It
 * tries again at once, and where no file can be opened it would write megabytes of them a second.
 */
final class AcceptErrorFilter extends TurboFilter {
  private static final String LISTENER = "org.apache.pekko.io.TcpListener";
  private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

  private final AtomicLong lastNanos = new AtomicLong(System.nanoTime() - PAUSE_NANOS);

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] parameters,
      @Nullable Throwable failure) {
    if (format == null || !logger.getName().equals(LISTENER)) {
      return FilterReply.NEUTRAL;
    }
    long last = lastNanos.get();
    long now = System.nanoTime();
    return now - last >= PAUSE_NANOS && lastNanos.compareAndSet(last, now)
        ? FilterReply.NEUTRAL
        : FilterReply.DENY;
  }
}

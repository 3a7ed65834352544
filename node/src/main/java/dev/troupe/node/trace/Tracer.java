package dev.troupe.node.trace;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.settings.TraceSettings;
import dev.troupe.protocol.trace.KeepReason;
import dev.troupe.protocol.trace.KeepTraces.Kept;
import dev.troupe.protocol.trace.Span;
import dev.troupe.protocol.trace.SpanEnd;
import dev.troupe.protocol.trace.SpanKind;
import dev.troupe.protocol.trace.TraceContext;
import dev.troupe.protocol.trace.TraceId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.jspecify.annotations.Nullable;

/**
 * Takes down what this node does for traces, and tells which of them are to be kept. Until {@link
 * #start} it does neither. Cheap: it may be called for each request. Thread-safe.
 */
public final class Tracer implements Extension {
  private static final Id ID = new Id();

  private static final class Id extends ExtensionId<Tracer> {
    @Override
    public Tracer createExtension(ActorSystem<?> system) {
      return new Tracer();
    }
  }

  private record Running(SpanRing ring, KeepLimits limits, int keepOneIn, Consumer<Kept> kept) {}

  private volatile @Nullable Running running;

  /** A tracer of no node. */
  public Tracer() {}

  /** The tracer of a node. */
  public static Tracer of(ActorSystem<?> system) {
    return ID.apply(system);
  }

  /**
   * Begins to take spans down.
   *
   * @param kept gets what is to be kept; must not block
   */
  public void start(TraceSettings settings, Consumer<Kept> kept) {
    running =
        new Running(
            new SpanRing(settings.ringSpans()),
            new KeepLimits(settings.keepPerSecond(), System.nanoTime()),
            settings.keepOneIn(),
            kept);
  }

  /**
   * Takes down a span that ends now.
   *
   * @param parent the trace, with the span that has asked for this one; nothing is taken down if it
   *     is null
   * @param id of the span
   * @param startNanos the time of {@link System#nanoTime} at which it began
   * @param status as in HTTP; 0 if there is none
   */
  public void record(
      SpanKind kind,
      @Nullable TraceContext parent,
      long id,
      long startNanos,
      SpanEnd end,
      int status,
      String name) {
    Running now = running;
    if (now != null && parent != null) {
      now.ring.add(
          kind,
          parent.traceHigh(),
          parent.traceLow(),
          id,
          parent.spanId(),
          startNanos,
          System.nanoTime(),
          end,
          status,
          name,
          "",
          0);
    }
  }

  /**
   * Takes down the attempt to have an instance do something, which ends now.
   *
   * @param slot of the instance
   * @param generation of its process
   */
  public void recordAttempt(
      TraceContext parent,
      long id,
      long startNanos,
      SpanEnd end,
      int status,
      String action,
      String slot,
      int generation) {
    Running now = running;
    if (now != null) {
      now.ring.add(
          SpanKind.ATTEMPT,
          parent.traceHigh(),
          parent.traceLow(),
          id,
          parent.spanId(),
          startNanos,
          System.nanoTime(),
          end,
          status,
          action,
          slot,
          generation);
    }
  }

  /**
   * Takes down the request of a client, which ends now.
   *
   * @param trace with the span of the request
   * @param parent the span of the client; 0 if it has none
   */
  public void recordRequest(
      TraceContext trace, long parent, long startNanos, SpanEnd end, int status, String route) {
    Running now = running;
    if (now != null) {
      now.ring.add(
          SpanKind.REQUEST,
          trace.traceHigh(),
          trace.traceLow(),
          trace.spanId(),
          parent,
          startNanos,
          System.nanoTime(),
          end,
          status,
          route,
          "",
          0);
    }
  }

  /** How a span ends whose work is answered with {@code status}. */
  public static SpanEnd end(ReplyStatus status) {
    return switch (status) {
      case NOT_TAKEN, OVERLOADED -> SpanEnd.DECLINED;
      case DEADLINE -> SpanEnd.LATE;
      default -> status.isServiceError() ? SpanEnd.FAILED : SpanEnd.OK;
    };
  }

  /** Whether a new request is one of those that are kept whatever becomes of them. */
  public boolean choose() {
    Running now = running;
    return now != null
        && now.keepOneIn > 0
        && ThreadLocalRandom.current().nextInt(now.keepOneIn) == 0;
  }

  /**
   * Has a trace kept, unless too many are kept for the same reason now.
   *
   * @param requestId by which clients and logs know the request
   */
  public void keep(@Nullable TraceContext trace, KeepReason reason, String requestId) {
    Running now = running;
    if (now != null && trace != null && now.limits.take(reason, System.nanoTime())) {
      now.kept.accept(new Kept(trace.id(), reason, requestId));
    }
  }

  /** What is remembered of {@code traces}. */
  public List<Span> find(Set<TraceId> traces) {
    Running now = running;
    return now == null
        ? List.of()
        : now.ring.find(
            traces, System.nanoTime(), ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
  }
}

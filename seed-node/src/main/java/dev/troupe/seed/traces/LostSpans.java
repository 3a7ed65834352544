package dev.troupe.seed.traces;

import dev.troupe.protocol.trace.Span;
import dev.troupe.protocol.trace.SpanEnd;
import dev.troupe.protocol.trace.SpanKind;
import dev.troupe.seed.traces.KnownExits.Exited;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts a span in the place of the work of a process that has ended, since its spans have ended with
 * it: where an attempt has no action below it, and its process is lost or has ended meanwhile.
 */
final class LostSpans {
  private final Map<Long, String> causes = new HashMap<>();
  private final List<CollectedSpan> all;

  private LostSpans(List<CollectedSpan> all) {
    this.all = all;
  }

  static LostSpans complete(Collection<CollectedSpan> known, KnownExits exits) {
    Set<Long> parents = new HashSet<>();
    known.forEach(span -> parents.add(span.span().parent()));
    LostSpans lost = new LostSpans(new ArrayList<>(known));
    for (CollectedSpan attempt : known) {
      Span span = attempt.span();
      if (span.kind() == SpanKind.ATTEMPT && !parents.contains(span.id())) {
        Optional<Exited> exit = exits.find(span.peer(), span.peerGeneration());
        if (span.end() == SpanEnd.LOST || (exit.isPresent() && span.end() != SpanEnd.DECLINED)) {
          lost.add(span, exit);
        }
      }
    }
    lost.adopt();
    return lost;
  }

  // A span of its own id: bits of the attempt's, turned over.
  private void add(Span attempt, Optional<Exited> exit) {
    long id = ~attempt.id() == 0 ? 1 : ~attempt.id();
    long end = attempt.startMicros() + attempt.durationMicros();
    long died = exit.map(LostSpans::micros).orElse(end);
    long duration = Math.max(0, Math.min(died, end) - attempt.startMicros());
    all.add(
        new CollectedSpan(
            attempt.peer(),
            attempt.peerGeneration(),
            new Span(
                attempt.trace(),
                id,
                attempt.id(),
                SpanKind.ACTION,
                attempt.startMicros(),
                duration,
                SpanEnd.LOST,
                0,
                attempt.name(),
                "",
                0)));
    causes.put(id, exit.map(Exited::reason).orElse("its process ended; nobody saw why"));
  }

  private static long micros(Exited exited) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, exited.at());
  }

  // What a lost process has asked others for is of an attempt that nobody knows.
  private void adopt() {
    Set<Long> ids = new HashSet<>();
    all.forEach(span -> ids.add(span.span().id()));
    all.replaceAll(span -> ids.contains(span.span().parent()) ? span : adopted(span));
  }

  private CollectedSpan adopted(CollectedSpan orphan) {
    if (orphan.span().kind() != SpanKind.ACTION) {
      return orphan;
    }
    return all.stream()
        .filter(other -> causes.containsKey(other.span().id()))
        .filter(
            other ->
                other.span().startMicros() <= orphan.span().startMicros()
                    && orphan.span().startMicros() <= other.endMicros())
        .findFirst()
        .map(
            lost ->
                new CollectedSpan(
                    orphan.slot(), orphan.generation(), under(orphan.span(), lost.span().id())))
        .orElse(orphan);
  }

  private static Span under(Span span, long parent) {
    return new Span(
        span.trace(),
        span.id(),
        parent,
        span.kind(),
        span.startMicros(),
        span.durationMicros(),
        span.end(),
        span.status(),
        span.name(),
        span.peer(),
        span.peerGeneration());
  }

  /** What is known, and what stands for what is lost. */
  List<CollectedSpan> all() {
    return all;
  }

  /** Why the process ended with which a span was lost; empty for a span that was not. */
  Optional<String> cause(long id) {
    return Optional.ofNullable(causes.get(id));
  }
}

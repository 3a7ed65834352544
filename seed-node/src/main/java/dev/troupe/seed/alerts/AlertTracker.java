package dev.troupe.seed.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Knows which problems last, and decides when somebody is told. Durations are those of the
 * monotonic clock; the time of day is shown, and bridges the time between two seed nodes. Not for
 * several threads.
 */
final class AlertTracker {
  // A problem that comes and goes is one problem.
  private static final Duration GONE = Duration.ofSeconds(30);

  private final Duration remindAfter;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  AlertTracker(Duration remindAfter) {
    this.remindAfter = remindAfter;
  }

  /** What is told. */
  enum News {
    RAISED,
    REMINDER,
    RESOLVED
  }

  /**
   * @param since when the problem was first seen
   */
  record Notice(News news, Problem problem, Instant since) {}

  /**
   * @param nanos of the monotonic clock
   * @param at the time of day
   */
  record Moment(long nanos, Instant at) {
    static Moment now() {
      return new Moment(System.nanoTime(), Instant.now());
    }

    private boolean isAfter(Moment earlier, Duration duration) {
      return nanos - earlier.nanos >= duration.toNanos();
    }

    private Moment minus(Duration duration) {
      return new Moment(nanos - duration.toNanos(), at.minus(duration));
    }
  }

  private static final class Entry {
    private final Moment since;
    private Problem problem;
    private Moment lastSeen;
    private @Nullable Moment lastTold;

    Entry(Problem problem, Moment since, Moment seen, @Nullable Moment told) {
      this.problem = problem;
      this.since = since;
      this.lastSeen = seen;
      this.lastTold = told;
    }

    Notice notice(News news) {
      return new Notice(news, problem, since.at());
    }
  }

  /**
   * Goes on with what an earlier seed node has told. What is not seen again is gone after the same
   * time as ever, from now on.
   */
  void restore(Moment now, List<RememberedAlert> alerts) {
    for (RememberedAlert alert : alerts) {
      alert
          .problem()
          .ifPresent(
              problem ->
                  entries.putIfAbsent(
                      problem.key(),
                      new Entry(
                          problem,
                          new Moment(now.nanos(), alert.since()),
                          now,
                          now.minus(ago(alert.told(), now.at())))));
    }
  }

  // The clock may have been set meanwhile: no reminder is delayed, and at most one is early.
  private Duration ago(Instant told, Instant now) {
    Duration ago = Duration.between(told, now);
    if (ago.isNegative()) {
      return Duration.ZERO;
    }
    return ago.compareTo(remindAfter) < 0 ? ago : remindAfter;
  }

  /** What {@link #restore} needs. */
  List<RememberedAlert> remembered() {
    List<RememberedAlert> alerts = new ArrayList<>();
    for (Entry entry : entries.values()) {
      Problem problem = entry.problem;
      if (entry.lastTold != null) {
        alerts.add(
            new RememberedAlert(
                problem.kind().label(),
                problem.subject(),
                problem.slot(),
                problem.text(),
                entry.since.at(),
                entry.lastTold.at()));
      }
    }
    return alerts;
  }

  /**
   * @param all problems of now
   * @param causes those of them that follow from no other one
   * @return what to tell
   */
  List<Notice> update(Moment now, List<Problem> all, List<Problem> causes) {
    List<Notice> notices = new ArrayList<>();
    Set<String> causing = causes.stream().map(Problem::key).collect(Collectors.toSet());
    for (Problem problem : all) {
      Entry entry =
          entries.computeIfAbsent(problem.key(), key -> new Entry(problem, now, now, null));
      entry.problem = problem;
      entry.lastSeen = now;
      if (!causing.contains(problem.key())) {
        continue;
      }
      if (entry.lastTold == null && now.isAfter(entry.since, problem.kind().hold())) {
        entry.lastTold = now;
        notices.add(entry.notice(News.RAISED));
      } else if (entry.lastTold != null && now.isAfter(entry.lastTold, remindAfter)) {
        entry.lastTold = now;
        notices.add(entry.notice(News.REMINDER));
      }
    }
    for (Iterator<Entry> i = entries.values().iterator(); i.hasNext(); ) {
      Entry entry = i.next();
      if (entry.lastTold == null && !entry.lastSeen.equals(now)) {
        i.remove();
      } else if (now.isAfter(entry.lastSeen, GONE)) {
        i.remove();
        notices.add(entry.notice(News.RESOLVED));
      }
    }
    return notices;
  }

  /** What was raised and lasts. */
  List<Notice> current() {
    return entries.values().stream()
        .filter(entry -> entry.lastTold != null)
        .map(entry -> entry.notice(News.RAISED))
        .toList();
  }
}
